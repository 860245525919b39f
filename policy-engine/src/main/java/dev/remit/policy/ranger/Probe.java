package dev.remit.policy.ranger;

import dev.remit.catalog.model.PurposeCode;
import dev.remit.policy.model.Principal;
import dev.remit.policy.ranger.condition.PurposeCondition;
import dev.remit.policy.ranger.condition.TaggedCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ranger.plugin.model.RangerPolicy;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItem;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItemCondition;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyResource;
import org.jspecify.annotations.Nullable;

/// Asks a freshly built engine about each mask, filter and deny policy with a request made for it,
/// and with the same request for another purpose.
///
/// A protection that does not answer "yes, I apply" to the first or answers it to the second is not
/// understood by the engine as it was meant, and the whole set is refused. This guards against what
/// no reading of the policy can find: a matcher's option, a change of Ranger's, a fault here.
final class Probe {
  private static final PurposeCode OTHER_PURPOSE = new PurposeCode("remit-probe-no-purpose");

  private final EmbeddedEngine engine;

  Probe(EmbeddedEngine engine) {
    this.engine = engine;
  }

  /// Errors: an `IllegalArgumentException` when the policy does not hold where it should, or does
  /// where it should not.
  void check(RangerPolicy policy) {
    int type = Objects.requireNonNullElse(policy.getPolicyType(), RangerPolicy.POLICY_TYPE_ACCESS);
    Optional<RangerPolicyItem> item = protecting(policy, type);
    Map<String, RangerPolicyResource> resource = policy.getResources();
    boolean literal =
        resource.containsKey("table")
            && resource.values().stream()
                .noneMatch(names -> Boolean.TRUE.equals(names.getIsExcludes()));
    if (item.isEmpty() || !literal) {
      return;
    }
    List<RangerPolicyItemCondition> conditions =
        Stream.of(policy.getConditions(), item.get().getConditions())
            .filter(Objects::nonNull)
            .flatMap(List::stream)
            .toList();
    List<PurposeCode> purposes =
        conditions.stream()
            .filter(condition -> condition.getType().equals(PurposeCondition.NAME))
            .flatMap(condition -> condition.getValues().stream())
            .map(PurposeCode::new)
            .toList();
    PurposeCode purpose = purposes.isEmpty() ? OTHER_PURPOSE : purposes.getFirst();
    boolean applies = applies(policy, type, item.get(), conditions, purpose);
    boolean appliesElsewhere =
        !purposes.isEmpty() && applies(policy, type, item.get(), conditions, OTHER_PURPOSE);
    if (!applies || appliesElsewhere) {
      throw new IllegalArgumentException(
          applies
              ? "the engine applies it for a purpose it does not name"
              : "the engine does not apply it to a request that it is made for");
    }
  }

  private static Optional<RangerPolicyItem> protecting(RangerPolicy policy, int type) {
    List<? extends @Nullable Object> exceptions =
        Stream.of(policy.getAllowExceptions(), policy.getDenyExceptions())
            .filter(Objects::nonNull)
            .flatMap(List::stream)
            .toList();
    if (!exceptions.isEmpty()) {
      return Optional.empty();
    }
    List<? extends RangerPolicyItem> items =
        switch (type) {
          case RangerPolicy.POLICY_TYPE_DATAMASK -> policy.getDataMaskPolicyItems();
          case RangerPolicy.POLICY_TYPE_ROWFILTER -> policy.getRowFilterPolicyItems();
          default -> Objects.requireNonNullElse(policy.getDenyPolicyItems(), List.of());
        };
    return items.stream()
        .filter(item ->
            item.getAccesses().stream()
                .anyMatch(access -> Set.of("select", "all").contains(access.getType())))
        .findFirst()
        .map(RangerPolicyItem.class::cast);
  }

  private boolean applies(
      RangerPolicy policy,
      int type,
      RangerPolicyItem item,
      List<RangerPolicyItemCondition> conditions,
      PurposeCode purpose) {
    Set<String> tags =
        conditions.stream()
            .filter(condition -> condition.getType().equals(TaggedCondition.NAME))
            .map(condition -> condition.getValues().getFirst())
            .collect(Collectors.toSet());
    ColumnQuestion question =
        new ColumnQuestion(
            principal(item),
            purpose,
            name(policy, "catalog"),
            name(policy, "schema"),
            name(policy, "table"),
            type == RangerPolicy.POLICY_TYPE_ROWFILTER ? "" : name(policy, "column"),
            tags,
            Instant.EPOCH);
    return engine.matching(question, type, id -> id == policy.getId()).contains(policy.getId());
  }

  private static Principal principal(RangerPolicyItem item) {
    List<String> users = new ArrayList<>(item.getUsers());
    users.remove("{USER}");
    return new Principal(
        users.isEmpty() ? "remit-probe" : users.getFirst(),
        Set.copyOf(item.getGroups()),
        Set.copyOf(item.getRoles()),
        Map.of());
  }

  private static String name(RangerPolicy policy, String level) {
    @Nullable RangerPolicyResource names = policy.getResources().get(level);
    return names == null ? "x" : names.getValues().getFirst().replace('*', 'x').replace('?', 'x');
  }
}
