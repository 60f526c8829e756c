/** Makes Terraform refuse a plan that destroys or replaces the resource. */
export const preventDestroy = (protect: boolean) => (protect ? { lifecycle: { preventDestroy: true } } : {});
