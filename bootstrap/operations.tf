# What plans read and deployments change beyond users, functions and API: tables, and the settings of docs/operations.md.

variable "hosted_zone_id" {
  description = "Zone of Route 53 in which deployments may change records: the setting HOSTED_ZONE_ID"
  type        = string
  default     = null
}

variable "kms_key_arn" {
  description = "Key that deployments may use: the setting KMS_KEY_ARN"
  type        = string
  default     = null
}

resource "aws_iam_role_policy" "read_operations" {
  for_each = aws_iam_role.github
  name     = "read-operations"
  role     = each.value.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = [
        "acm:DescribeCertificate", "acm:ListTagsForCertificate",
        "cloudwatch:DescribeAlarms", "cloudwatch:GetDashboard", "cloudwatch:ListTagsForResource",
        "dynamodb:DescribeContinuousBackups", "dynamodb:DescribeTable", "dynamodb:DescribeTimeToLive", "dynamodb:ListTagsOfResource",
        "kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags",
        "route53:GetChange", "route53:GetHostedZone", "route53:ListResourceRecordSets",
        "sns:GetSubscriptionAttributes", "sns:GetTopicAttributes", "sns:ListTagsForResource",
        "wafv2:GetLoggingConfiguration", "wafv2:GetWebACL", "wafv2:GetWebACLForResource", "wafv2:ListTagsForResource",
      ]
      Resource = "*"
    }]
  })
}

resource "aws_iam_role_policy" "deploy_operations" {
  name = "deploy-operations"
  role = aws_iam_role.github["deploy"].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Effect = "Allow"
        Action = [
          "dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:TagResource", "dynamodb:UntagResource",
          "dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTable", "dynamodb:UpdateTimeToLive",
        ]
        Resource = "${local.arn}:dynamodb:${var.region}:${local.account}:table/${var.project}-*"
      },
      {
        Effect = "Allow"
        Action = [
          "cloudwatch:DeleteAlarms", "cloudwatch:DeleteDashboards", "cloudwatch:PutDashboard", "cloudwatch:PutMetricAlarm",
          "cloudwatch:TagResource", "cloudwatch:UntagResource",
        ]
        Resource = [
          "${local.arn}:cloudwatch:${var.region}:${local.account}:alarm:${var.project}-*",
          "${local.arn}:cloudwatch::${local.account}:dashboard/${var.project}-*",
        ]
      },
      {
        Effect   = "Allow"
        Action   = "sns:*"
        Resource = "${local.arn}:sns:${var.region}:${local.account}:${var.project}-*"
      },
      {
        Effect = "Allow"
        Action = [
          "logs:AssociateKmsKey", "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:DeleteRetentionPolicy",
          "logs:DisassociateKmsKey", "logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource",
        ]
        Resource = [
          for prefix in ["/aws/lambda/", "/aws/apigateway/", "/aws/vendedlogs/apigateway/", "aws-waf-logs-"] :
          "${local.arn}:logs:${var.region}:${local.account}:log-group:${prefix}${var.project}-*"
        ]
      },
      {
        # The names of keys, certificates and web ACLs contain an id that AWS chooses; saved queries have no ARN.
        Effect = "Allow"
        Action = [
          "acm:AddTagsToCertificate", "acm:DeleteCertificate", "acm:RemoveTagsFromCertificate", "acm:RequestCertificate",
          "apigateway:SetWebACL", "cognito-idp:AssociateWebACL", "cognito-idp:DisassociateWebACL", "cognito-idp:GetWebACLForResource",
          "kms:CreateKey", "kms:TagResource",
          "logs:DeleteQueryDefinition", "logs:PutQueryDefinition",
          "wafv2:AssociateWebACL", "wafv2:CreateWebACL", "wafv2:DeleteLoggingConfiguration", "wafv2:DeleteWebACL",
          "wafv2:DisassociateWebACL", "wafv2:PutLoggingConfiguration", "wafv2:TagResource", "wafv2:UntagResource", "wafv2:UpdateWebACL",
        ]
        Resource = "*"
      },
      {
        # Of the keys, only those that this project made.
        Effect = "Allow"
        Action = [
          "kms:Decrypt", "kms:DisableKeyRotation", "kms:EnableKeyRotation", "kms:GenerateDataKey*", "kms:PutKeyPolicy",
          "kms:ScheduleKeyDeletion", "kms:UntagResource", "kms:UpdateKeyDescription",
        ]
        Resource  = "${local.arn}:kms:${var.region}:${local.account}:key/*"
        Condition = { StringEquals = { "aws:ResourceTag/Project" = var.project } }
      },
      ],
      var.hosted_zone_id == null ? [] : [{
        Effect   = "Allow"
        Action   = ["route53:ChangeResourceRecordSets"]
        Resource = "${local.arn}:route53:::hostedzone/${var.hosted_zone_id}"
      }],
      var.kms_key_arn == null ? [] : [{
        Effect   = "Allow"
        Action   = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*"]
        Resource = var.kms_key_arn
      }],
    )
  })
}
