/** What a version of a launch template holds, as EC2 shows it: the members are called as in CloudFormation. */
export type LaunchTemplateData = Readonly<Record<string, unknown>>;
