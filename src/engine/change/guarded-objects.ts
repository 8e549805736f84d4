import { AppObjects } from '../state/app-objects';

/** What an app puts into its cluster, as the template tells the guard of it. */
export interface GuardedObjects {
  /** Absent where there are none. */
  readonly RemovedApis?: readonly GuardedRemovedApi[];
  /** Absent where there are none. */
  readonly Controllers?: readonly GuardedController[];
}

interface GuardedRemovedApi {
  readonly Construct: string;
  readonly ApiVersion: string;
  readonly Kind: string;
  readonly Name?: string;
  readonly RemovedIn: string;
  readonly Replacement?: string;
}

interface GuardedController {
  readonly Construct: string;
  readonly Controller: string;
  readonly Version: string;
}

/** The objects as the metadata of a template holds them. */
export function objectsAsMetadata({ removedApis, controllers }: AppObjects): GuardedObjects {
  return {
    RemovedApis: removedApis.length === 0 ? undefined : removedApis.map(({ construct, apiVersion, kind, name, removedIn, replacement }) => (
      { Construct: construct, ApiVersion: apiVersion, Kind: kind, Name: name, RemovedIn: removedIn, Replacement: replacement })),
    Controllers: controllers.length === 0 ? undefined : controllers.map(({ construct, controller, version }) => (
      { Construct: construct, Controller: controller, Version: version })),
  };
}

/** The objects that the metadata of a template tells. */
export function objectsInMetadata({ RemovedApis = [], Controllers = [] }: GuardedObjects): AppObjects {
  return {
    removedApis: RemovedApis.map(({ Construct, ApiVersion, Kind, Name, RemovedIn, Replacement }) => (
      { construct: Construct, apiVersion: ApiVersion, kind: Kind, name: Name, removedIn: RemovedIn, replacement: Replacement })),
    controllers: Controllers.map(
      ({ Construct, Controller, Version }) => ({ construct: Construct, controller: Controller, version: Version }),
    ),
  };
}
