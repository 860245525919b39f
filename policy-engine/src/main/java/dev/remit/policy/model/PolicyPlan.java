package dev.remit.policy.model;

import dev.remit.catalog.model.SourceName;
import java.util.List;

/// What applying a set of policies changes, by name. Policies of the source that the set does not
/// name stay as they are.
///
/// @param warnings what is allowed but perhaps not meant: principals that nobody added yet, masks
///   that contradict each other
public record PolicyPlan(
    SourceName source,
    List<String> added,
    List<String> changed,
    List<String> unchanged,
    List<String> warnings) {
  public PolicyPlan {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    unchanged = List.copyOf(unchanged);
    warnings = List.copyOf(warnings);
  }
}
