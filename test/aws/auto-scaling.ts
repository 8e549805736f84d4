/**
 * Stands in for Amazon EC2 Auto Scaling as far as reading goes: every group exists, and went well unless a test says otherwise.
 */
import type { Activity, SuspendedProcess } from '@aws-sdk/client-auto-scaling';
import { ACCOUNT, REGION, type AwsService, type Input } from './aws-service';
import { pageOf } from './pages';
import { awsQuery } from './wire-protocol';

const LARGEST_PAGE = 100;

/** What a test says of a group. */
export interface AutoScalingGroupRecord {
  /** Newest first. */
  activities: Activity[];
  suspended: SuspendedProcess[];
}

export class AutoScaling implements AwsService {
  readonly name = 'autoscaling';
  readonly protocol = awsQuery('http://autoscaling.amazonaws.com/doc/2011-01-01/');
  readonly errorCodes = {
    accessDenied: { code: 'AccessDenied', status: 403 },
    throttled: { code: 'Throttling', status: 400 },
    serverError: { code: 'InternalFailure', status: 500 },
  };

  readonly actions = {
    DescribeAutoScalingGroups: ({ AutoScalingGroupNames = [...this.groups.keys()], MaxRecords, NextToken }: Input) => {
      const { items, nextToken } = page(AutoScalingGroupNames as string[], MaxRecords, NextToken);
      return { AutoScalingGroups: items.map((name) => describe(name, this.group(name))), NextToken: nextToken };
    },

    DescribeScalingActivities: ({ AutoScalingGroupName, MaxRecords, NextToken }: Input) => {
      const { items, nextToken } = page(this.group(AutoScalingGroupName).activities, MaxRecords, NextToken);
      return { Activities: items, NextToken: nextToken };
    },
  };

  private readonly groups = new Map<string, AutoScalingGroupRecord>();

  /** A group, open to a test's hands. */
  group(name: string): AutoScalingGroupRecord {
    const group = this.groups.get(name) ?? { activities: [], suspended: [] };
    this.groups.set(name, group);
    return group;
  }

  resourceOf({ AutoScalingGroupName }: Input): string {
    return AutoScalingGroupName === undefined
      ? '*'
      : `arn:aws:autoscaling:${REGION}:${ACCOUNT}:autoScalingGroup:*:autoScalingGroupName/${AutoScalingGroupName}`;
  }
}

/** The end of an attempt to launch an instance, as EC2 Auto Scaling tells of it. */
export function launchActivity(groupName: string, endedAt: Date, failure?: string): Activity {
  return {
    ActivityId: '00000000-0000-4000-8000-000000000000',
    AutoScalingGroupName: groupName,
    Description: failure === undefined ? 'Launching a new EC2 instance: i-0123456789abcdef0' : 'Launching a new EC2 instance.  Status Reason: see the message',
    Cause: 'an instance was started in response to a difference between desired and actual capacity',
    StartTime: new Date(endedAt.getTime() - 60_000),
    EndTime: endedAt,
    StatusCode: failure === undefined ? 'Successful' : 'Failed',
    StatusMessage: failure,
    Progress: 100,
  };
}

function page<T>(all: readonly T[], maxRecords: string | undefined, nextToken: string | undefined) {
  return pageOf(all, { maxResults: maxRecords && Number(maxRecords), nextToken }, LARGEST_PAGE, 'InvalidNextToken');
}

function describe(name: string, { suspended }: AutoScalingGroupRecord): object {
  return { AutoScalingGroupName: name, MinSize: 1, MaxSize: 3, DesiredCapacity: 2, SuspendedProcesses: suspended };
}
