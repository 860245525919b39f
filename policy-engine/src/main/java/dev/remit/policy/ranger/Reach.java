package dev.remit.policy.ranger;

import dev.remit.policy.model.Principal;
import dev.remit.policy.ranger.condition.PurposeCondition;
import dev.remit.policy.ranger.condition.TaggedCondition;
import dev.remit.policy.rules.TablePattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.ranger.plugin.model.RangerPolicy;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItem;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItemCondition;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyResource;
import org.jspecify.annotations.Nullable;

/// What a policy names, so that it can be held against the catalog: purposes, tables, columns,
/// tags, and the obligation it lays on them.
///
/// @param purposes by code; empty when it holds for every purpose
/// @param tags all of which are alternatives; empty when it does not go by tags
/// @param obligation empty for access policies
public record Reach(
    String policyName,
    List<Tables> tables,
    Set<String> users,
    Set<String> groups,
    Set<String> roles,
    Set<String> purposes,
    Set<String> tags,
    Optional<Obligation> obligation) {
  public Reach {
    tables = List.copyOf(tables);
    users = Set.copyOf(users);
    groups = Set.copyOf(groups);
    roles = Set.copyOf(roles);
    purposes = Set.copyOf(purposes);
    tags = Set.copyOf(tags);
  }

  /// Whether the policy can match this caller and purpose at all. Never false for one that Ranger
  /// would match: it looks at names alone, of all items together.
  boolean concerns(ColumnQuestion question) {
    Principal caller = question.principal();
    boolean named =
        users.contains(caller.name())
            || users.contains("{USER}")
            || groups.contains("public")
            || !Collections.disjoint(caller.groups(), groups)
            || !Collections.disjoint(caller.roles(), roles);
    return named && (purposes.isEmpty() || purposes.contains(question.purpose().value()));
  }

  /// One resource of the policy.
  public record Tables(Names schemas, Names tables, Names columns) {
    public boolean matches(String schema, String table) {
      return schemas.matches(schema) && tables.matches(table);
    }
  }

  /// Names or patterns at one level.
  ///
  /// @param excludes whether everything but these is meant
  public record Names(List<String> patterns, boolean excludes) {
    public Names {
      patterns = List.copyOf(patterns);
    }

    public boolean matches(String name) {
      return excludes != patterns.stream().anyMatch(pattern -> TablePattern.glob(pattern, name));
    }
  }

  static Reach of(RangerPolicy policy, String name, Optional<Obligation> obligation) {
    List<Tables> tables = new ArrayList<>();
    RangerForm.resources(policy)
        .filter(resource -> resource.containsKey("table"))
        .forEach(resource ->
            tables.add(
                new Tables(
                    names(resource, "schema"),
                    names(resource, "table"),
                    names(resource, "column"))));
    return new Reach(
        name,
        tables,
        names(policy, RangerPolicyItem::getUsers),
        names(policy, RangerPolicyItem::getGroups),
        names(policy, RangerPolicyItem::getRoles),
        values(policy, PurposeCondition.NAME),
        values(policy, TaggedCondition.NAME),
        obligation);
  }

  private static Names names(Map<String, RangerPolicyResource> resource, String level) {
    @Nullable RangerPolicyResource names = resource.get(level);
    return names == null
        ? new Names(List.of("*"), false)
        : new Names(names.getValues(), Boolean.TRUE.equals(names.getIsExcludes()));
  }

  private static Set<String> names(
      RangerPolicy policy, Function<RangerPolicyItem, @Nullable List<String>> which) {
    Set<String> names = new TreeSet<>();
    RangerForm.items(policy).map(which).filter(Objects::nonNull).forEach(names::addAll);
    return names;
  }

  private static Set<String> values(RangerPolicy policy, String condition) {
    Set<String> values = new TreeSet<>();
    Stream<RangerPolicyItemCondition> ofItems =
        RangerForm.items(policy)
            .map(RangerPolicyItem::getConditions)
            .flatMap(conditions -> Stream.ofNullable(conditions).flatMap(List::stream));
    Stream<RangerPolicyItemCondition> ofPolicy =
        Stream.ofNullable(policy.getConditions()).flatMap(List::stream);
    Stream.concat(ofItems, ofPolicy)
        .filter(each -> each.getType().equals(condition))
        .forEach(each -> values.addAll(each.getValues()));
    return values;
  }
}
