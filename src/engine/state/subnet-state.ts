/** A subnet of the control plane or of nodes. */
export interface SubnetState {
  readonly id: string;
  /** The ID of its availability zone, such as `use1-az1`: the same zone in all accounts. */
  readonly zone: string;
  readonly freeAddresses: number;
}
