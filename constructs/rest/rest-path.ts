/** The tree of paths: one API Gateway resource per segment, created when a route first needs it. */
import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { Construct } from "constructs";
import { segments } from "../api/route";
import { segmentId } from "../api/segment-id";

export interface RestPathProps {
  readonly restApiId: string;
  /** The root's resource, or the parent and the segment of the resource to create. */
  readonly resource: { readonly id: string } | { readonly parentId: string; readonly pathPart: string };
}

export class RestPath extends Construct {
  readonly resourceId: string;
  /** The resource of this path, if it was created here: none for the root. */
  readonly resources: ApiGatewayResource[] = [];
  private readonly children = new Map<string, RestPath>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RestPathProps,
  ) {
    super(scope, id);
    if ("id" in props.resource) {
      this.resourceId = props.resource.id;
    } else {
      const resource = new ApiGatewayResource(this, "resource", { restApiId: props.restApiId, ...props.resource });
      this.resources.push(resource);
      this.resourceId = resource.id;
    }
  }

  /** @param path below this one: `/user/login` */
  at(path: string): RestPath {
    return segments(path).reduce<RestPath>((parent, segment) => parent.child(segment), this);
  }

  /** This path and all below it, parents first. */
  all(): RestPath[] {
    return [this, ...[...this.children.values()].flatMap((child) => child.all())];
  }

  private child(pathPart: string): RestPath {
    const existing = this.children.get(pathPart);
    if (existing) return existing;
    const child = new RestPath(this, segmentId(pathPart), {
      restApiId: this.props.restApiId,
      resource: { parentId: this.resourceId, pathPart },
    });
    this.children.set(pathPart, child);
    return child;
  }
}
