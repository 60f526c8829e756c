# Resources for the workflows, applied once by an administrator: the bucket for state and saved plans, and three roles
# that GitHub's jobs assume by OIDC. No access key is stored anywhere. See docs/ci.md.
#
#   terraform -chdir=bootstrap init
#   terraform -chdir=bootstrap apply -var repository=OWNER/NAME -var state_bucket=NAME

terraform {
  required_version = ">= 1.10.0" # S3's native lock file
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

variable "repository" {
  description = "OWNER/NAME on GitHub"
  type        = string
  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "repository must be OWNER/NAME, without wildcards: its jobs may assume the roles."
  }
}

variable "state_bucket" {
  description = "Name of the bucket to create: the setting STATE_BUCKET"
  type        = string
}

variable "region" {
  type    = string
  default = "us-east-1"
}

variable "project" {
  description = "First part of every name of the stack: the setting PROJECT"
  type        = string
  default     = "cognito-api"
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,19}$", var.project)) && !can(regex("^(aws|ssm)", var.project))
    error_message = "project must be a lower-case letter, then up to 19 lower-case letters, digits or hyphens, without aws or ssm at the beginning."
  }
}

provider "aws" {
  region = var.region
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  arn     = "arn:${data.aws_partition.current.partition}"
  account = data.aws_caller_identity.current.account_id
  issuer  = "token.actions.githubusercontent.com"

  # Which jobs may assume which role. GitHub sets the subject of a job's token; the job cannot choose it.
  subjects = {
    pull-request = "repo:${var.repository}:pull_request"
    plan         = "repo:${var.repository}:ref:refs/heads/main"
    deploy       = "repo:${var.repository}:environment:production"
  }
}

resource "aws_s3_bucket" "state" {
  bucket = var.state_bucket
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "state" {
  bucket = aws_s3_bucket.state.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "state" {
  bucket = aws_s3_bucket.state.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "state" {
  bucket                  = aws_s3_bucket.state.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "state" {
  bucket = aws_s3_bucket.state.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.state.arn, "${aws_s3_bucket.state.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# Saved plans hold secrets, and are useless once applied or stale.
resource "aws_s3_bucket_lifecycle_configuration" "state" {
  bucket = aws_s3_bucket.state.id
  rule {
    id     = "saved-plans"
    status = "Enabled"
    filter {
      prefix = "plans/"
    }
    expiration {
      days = 7
    }
    noncurrent_version_expiration {
      noncurrent_days = 1
    }
  }
}

resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "github" {
  for_each = local.subjects
  name     = "${var.project}-github-${each.key}"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Condition = {
        StringEquals = {
          "${local.issuer}:aud" = "sts.amazonaws.com"
          "${local.issuer}:sub" = each.value
        }
      }
    }]
  })
}

# All three roles may read what a plan reads, the app client's secret included.
resource "aws_iam_role_policy" "read" {
  for_each = aws_iam_role.github
  name     = "read"
  role     = each.value.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "cognito-idp:Describe*", "cognito-idp:Get*", "cognito-idp:List*",
          "lambda:Get*", "lambda:List*",
          "logs:Describe*", "logs:ListTagsForResource",
        ]
        Resource = "*"
      },
      { Effect = "Allow", Action = "apigateway:GET", Resource = "${local.arn}:apigateway:*::/*" },
      {
        Effect   = "Allow"
        Action   = ["iam:GetRole", "iam:GetRolePolicy", "iam:ListRolePolicies", "iam:ListAttachedRolePolicies"]
        Resource = "${local.arn}:iam::${local.account}:role/${var.project}-*"
      },
      { Effect = "Allow", Action = "s3:ListBucket", Resource = aws_s3_bucket.state.arn },
      { Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.state.arn}/${var.project}/*" },
    ]
  })
}

# Only jobs of main save plans; only jobs of the approved environment read them.
resource "aws_iam_role_policy" "save_plan" {
  name = "save-plan"
  role = aws_iam_role.github["plan"].name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "${aws_s3_bucket.state.arn}/plans/*" }]
  })
}

resource "aws_iam_role_policy" "deploy" {
  name = "deploy"
  role = aws_iam_role.github["deploy"].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.state.arn}/plans/*" },
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:DeleteObject"] # state and its lock
        Resource = "${aws_s3_bucket.state.arn}/${var.project}/*"
      },
      {
        Effect = "Allow"
        Action = [
          "cognito-idp:CreateUserPool", "cognito-idp:UpdateUserPool", "cognito-idp:DeleteUserPool",
          "cognito-idp:CreateUserPoolClient", "cognito-idp:UpdateUserPoolClient", "cognito-idp:DeleteUserPoolClient",
          "cognito-idp:CreateGroup", "cognito-idp:UpdateGroup", "cognito-idp:DeleteGroup",
          "cognito-idp:SetUserPoolMfaConfig", "cognito-idp:TagResource", "cognito-idp:UntagResource",
        ]
        Resource = "*" # a pool's ARN contains an id that AWS chooses
      },
      {
        Effect   = "Allow"
        Action   = "lambda:*"
        Resource = "${local.arn}:lambda:${var.region}:${local.account}:function:${var.project}-*"
      },
      {
        Effect   = "Allow"
        Action   = ["apigateway:POST", "apigateway:PUT", "apigateway:PATCH", "apigateway:DELETE"]
        Resource = "${local.arn}:apigateway:${var.region}::/*"
      },
      {
        Effect = "Allow"
        Action = [
          "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:PutRetentionPolicy", "logs:DeleteRetentionPolicy",
          "logs:TagResource", "logs:UntagResource",
        ]
        Resource = [
          "${local.arn}:logs:${var.region}:${local.account}:log-group:/aws/lambda/${var.project}-*",
          "${local.arn}:logs:${var.region}:${local.account}:log-group:/aws/apigateway/${var.project}-*",
          "${local.arn}:logs:${var.region}:${local.account}:log-group:API-Gateway-Execution-Logs_*",
        ]
      },
      {
        # For access logs of API Gateway. These actions support no resource.
        Effect = "Allow"
        Action = [
          "logs:CreateLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery", "logs:GetLogDelivery",
          "logs:ListLogDeliveries", "logs:PutResourcePolicy",
        ]
        Resource = "*"
      },
      {
        Effect = "Allow"
        Action = [
          "iam:CreateRole", "iam:DeleteRole", "iam:UpdateRole", "iam:UpdateRoleDescription", "iam:UpdateAssumeRolePolicy",
          "iam:PutRolePolicy", "iam:DeleteRolePolicy", "iam:ListInstanceProfilesForRole",
          "iam:TagRole", "iam:UntagRole",
        ]
        Resource = "${local.arn}:iam::${local.account}:role/${var.project}-*"
      },
      {
        # Except the roles of this file: a stack must not extend the permissions of its own deployment.
        Effect   = "Deny"
        Action   = ["iam:Create*", "iam:Update*", "iam:Put*", "iam:Delete*", "iam:Tag*", "iam:Untag*", "iam:PassRole"]
        Resource = [for role in aws_iam_role.github : role.arn]
      },
      {
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = "${local.arn}:iam::${local.account}:role/${var.project}-*"
        Condition = {
          StringEquals = { "iam:PassedToService" = ["lambda.amazonaws.com", "apigateway.amazonaws.com"] }
        }
      },
    ]
  })
}

output "variables" {
  description = "Variables to set for the repository on GitHub"
  value = {
    PROJECT               = var.project
    STATE_BUCKET          = aws_s3_bucket.state.bucket
    AWS_REGION            = var.region
    AWS_PULL_REQUEST_ROLE = aws_iam_role.github["pull-request"].arn
    AWS_PLAN_ROLE         = aws_iam_role.github["plan"].arn
    AWS_DEPLOY_ROLE       = aws_iam_role.github["deploy"].arn
  }
}
