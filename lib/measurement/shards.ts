/** Into how many parts the work is cut. An SLO belongs to shard id mod SHARDS; pollers share the parts by leases. */
export const SHARDS = 4
