package dev.remit.policy.decision;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source;
import dev.remit.policy.model.Principal;
import dev.remit.policy.ranger.Obligation;
import dev.remit.policy.ranger.Reach;
import dev.remit.policy.rules.MaskKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds columns that two different masks meet for the same people and purpose. Nobody of them will
/// see the column, which is safe and seldom meant, so whoever applies the policies is told.
///
/// Conditions that only a request can answer count as met: a warning too many is no harm.
final class MaskConflicts {
  private static final int MOST = 20;

  private final Source source;
  private final Collection<Principal> principals;

  /// @param principals everyone known, to find who two groups have in common
  MaskConflicts(Source source, Collection<Principal> principals) {
    this.source = source;
    this.principals = principals;
  }

  /// One mask of a policy with what it reaches.
  private record Masking(Reach reach, Obligation.Mask mask) {}

  /// One sentence for each column, at most twenty.
  ///
  /// @param given names of the policies to report on
  List<String> warnings(List<Reach> reaches, Set<String> given) {
    List<Masking> maskings = new ArrayList<>();
    for (Reach reach : reaches) {
      if (reach.obligation().orElse(null) instanceof Obligation.Mask mask
          && mask.mask().kind() != MaskKind.NONE) {
        maskings.add(new Masking(reach, mask));
      }
    }
    Set<String> warnings = new LinkedHashSet<>();
    List<Relation> relations =
        source.relations().values().stream()
            .sorted(Comparator.comparing(Relation::qualifiedName))
            .toList();
    for (Relation relation : maskings.size() < 2 ? List.<Relation>of() : relations) {
      List<Masking> here =
          maskings.stream()
              .filter(masking ->
                  masking.reach().tables().stream()
                      .anyMatch(tables -> tables.matches(relation.schema(), relation.name())))
              .toList();
      for (Column column : relation.columns()) {
        if (warnings.size() < MOST) {
          conflict(relation, column, here, given).ifPresent(warnings::add);
        }
      }
    }
    return List.copyOf(warnings);
  }

  private Optional<String> conflict(
      Relation relation, Column column, List<Masking> maskings, Set<String> given) {
    List<Masking> meeting =
        maskings.stream().filter(masking -> meets(masking.reach(), relation, column)).toList();
    for (int first = 0; first < meeting.size(); first++) {
      for (int second = first + 1; second < meeting.size(); second++) {
        Masking one = meeting.get(first);
        Masking other = meeting.get(second);
        boolean reported =
            given.contains(one.reach().policyName()) || given.contains(other.reach().policyName());
        if (reported
            && !one.mask().mask().equals(other.mask().mask())
            && shareAPurpose(one.reach(), other.reach())
            && shareSomebody(one.reach(), other.reach())) {
          return Optional.of(
              ("%s.%s is masked %s by policy '%s' and %s by policy '%s':"
                      + " whom both are for will not see it; leave one mask")
                  .formatted(
                      relation.qualifiedName(),
                      column.name(),
                      one.mask().mask().kind().shortName(),
                      one.reach().policyName(),
                      other.mask().mask().kind().shortName(),
                      other.reach().policyName()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean meets(Reach reach, Relation relation, Column column) {
    boolean tagged = reach.tags().isEmpty() || reach.tags().stream().anyMatch(column::isTagged);
    return tagged
        && reach.tables().stream()
            .anyMatch(tables ->
                tables.matches(relation.schema(), relation.name())
                    && tables.columns().matches(column.name()));
  }

  private static boolean shareAPurpose(Reach one, Reach other) {
    return one.purposes().isEmpty()
        || other.purposes().isEmpty()
        || !Collections.disjoint(one.purposes(), other.purposes());
  }

  private boolean shareSomebody(Reach one, Reach other) {
    return !Collections.disjoint(one.groups(), other.groups())
        || !Collections.disjoint(one.users(), other.users())
        || !Collections.disjoint(one.roles(), other.roles())
        || principals.stream().anyMatch(who -> isFor(one, who) && isFor(other, who));
  }

  private static boolean isFor(Reach reach, Principal who) {
    return reach.groups().contains("public")
        || reach.users().contains("{USER}")
        || reach.users().contains(who.name())
        || !Collections.disjoint(reach.groups(), who.groups())
        || !Collections.disjoint(reach.roles(), who.roles());
  }
}
