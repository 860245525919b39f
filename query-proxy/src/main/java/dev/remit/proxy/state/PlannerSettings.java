package dev.remit.proxy.state;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Settings of PostgreSQL's planner: kept and shown as scripts and tools set them, and without
/// effect, because sessions share the connections to a source.
final class PlannerSettings {
  private static final List<String> ON =
      List.of(
          "enable_async_append",
          "enable_bitmapscan",
          "enable_distinct_reordering",
          "enable_gathermerge",
          "enable_group_by_reordering",
          "enable_hashagg",
          "enable_hashjoin",
          "enable_incremental_sort",
          "enable_indexonlyscan",
          "enable_indexscan",
          "enable_material",
          "enable_memoize",
          "enable_mergejoin",
          "enable_nestloop",
          "enable_parallel_append",
          "enable_parallel_hash",
          "enable_partition_pruning",
          "enable_presorted_aggregate",
          "enable_self_join_elimination",
          "enable_seqscan",
          "enable_sort",
          "enable_tidscan",
          "geqo",
          "jit",
          "parallel_leader_participation",
          "synchronize_seqscans");

  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("constraint_exclusion", "partition"),
          Map.entry("cpu_index_tuple_cost", "0.005"),
          Map.entry("cpu_operator_cost", "0.0025"),
          Map.entry("cpu_tuple_cost", "0.01"),
          Map.entry("cursor_tuple_fraction", "0.1"),
          Map.entry("effective_cache_size", "4GB"),
          Map.entry("enable_partitionwise_aggregate", "off"),
          Map.entry("enable_partitionwise_join", "off"),
          Map.entry("from_collapse_limit", "8"),
          Map.entry("geqo_threshold", "12"),
          Map.entry("hash_mem_multiplier", "2"),
          Map.entry("jit_above_cost", "100000"),
          Map.entry("join_collapse_limit", "8"),
          Map.entry("max_parallel_workers", "8"),
          Map.entry("max_parallel_workers_per_gather", "2"),
          Map.entry("min_parallel_index_scan_size", "512kB"),
          Map.entry("min_parallel_table_scan_size", "8MB"),
          Map.entry("parallel_setup_cost", "1000"),
          Map.entry("parallel_tuple_cost", "0.1"),
          Map.entry("plan_cache_mode", "auto"),
          Map.entry("random_page_cost", "4"),
          Map.entry("seq_page_cost", "1"));

  private PlannerSettings() {}

  /// With the values that PostgreSQL begins with.
  static Map<String, String> initial() {
    Map<String, String> values = new TreeMap<>(OTHERS);
    ON.forEach(name -> values.put(name, "on"));
    return Map.copyOf(values);
  }
}
