package dev.remit.policy.ranger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.catalog.model.SourceName;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.rules.ShortPolicyReader;
import dev.remit.policy.rules.StoredPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.ranger.plugin.model.RangerPolicy;
import org.apache.ranger.plugin.policyengine.RangerAccessResult;
import org.apache.ranger.plugin.util.ServicePolicies;

/// The policies of one source, compiled into one engine. Immutable, safe for many threads.
///
/// Each mask or filter item is loaded as a policy of its own under an internal id, and what it
/// imposes is kept beside the engine: Ranger says whether it matches, never what it reads.
public final class RangerPolicies {
  private static final long NOT_STORED_YET = 0;
  private static final int[] TYPES = {
    RangerPolicy.POLICY_TYPE_ACCESS,
    RangerPolicy.POLICY_TYPE_DATAMASK,
    RangerPolicy.POLICY_TYPE_ROWFILTER
  };

  private final EmbeddedEngine engine;
  private final Map<Long, StoredPolicy> origins;
  private final Map<Long, Obligation> obligations;
  private final List<Reach> reaches;

  private RangerPolicies(EmbeddedEngine engine, Compilation compilation) {
    this.engine = engine;
    this.origins = Map.copyOf(compilation.origins);
    this.obligations = Map.copyOf(compilation.obligations);
    this.reaches = List.copyOf(compilation.reaches);
  }

  /// Takes a `policies:` section apart into single policies: a list of short or Ranger policies,
  /// one Ranger policy, or Ranger's `ServicePolicies`. Errors: INVALID_POLICY.
  public static List<StoredPolicy> split(JsonNode section) {
    List<StoredPolicy> policies = new ArrayList<>();
    if (section.isArray()) {
      section.forEach(element -> policies.addAll(one(element)));
    } else if (RangerForm.isRanger(section)) {
      policies.addAll(one(section));
    } else {
      throw new RemitException(
          ErrorCode.INVALID_POLICY,
          "`policies:` is a list of policies, or a policy document of Ranger");
    }
    return policies;
  }

  private static List<StoredPolicy> one(JsonNode element) {
    if (!RangerForm.isRanger(element)) {
      return List.of(
          new StoredPolicy(
              NOT_STORED_YET,
              ShortPolicyReader.read(element).name(),
              StoredPolicy.Form.SHORT,
              element));
    }
    try {
      return RangerForm.policies(element).stream()
          .map(policy ->
              new StoredPolicy(
                  NOT_STORED_YET, rangerName(policy), StoredPolicy.Form.RANGER, policy))
          .toList();
    } catch (IllegalArgumentException mistake) {
      throw new RemitException(
          ErrorCode.INVALID_POLICY, "Ranger document: " + mistake.getMessage(), mistake);
    }
  }

  private static String rangerName(JsonNode policy) {
    JsonNode name = policy.path("name");
    if (!name.isTextual() || name.textValue().isBlank()) {
      throw new IllegalArgumentException("each policy needs a `name`");
    }
    return name.textValue();
  }

  /// Compiles all policies of a source. Errors: INVALID_POLICY, and then nothing of the set holds.
  public static RangerPolicies compile(SourceName source, List<StoredPolicy> policies) {
    Compilation compilation = new Compilation();
    for (StoredPolicy policy : policies) {
      checked(
          policy, () -> read(source, policy).forEach(ranger -> compilation.add(policy, ranger)));
    }
    ServicePolicies service = new ServicePolicies();
    service.setServiceName(source.value());
    service.setServiceDef(ServiceDefinition.hardened());
    service.setPolicyVersion(1L);
    service.setPolicies(compilation.loaded);
    EmbeddedEngine engine = new EmbeddedEngine(service);
    Probe probe = new Probe(engine);
    for (RangerPolicy policy : compilation.loaded) {
      StoredPolicy origin = Objects.requireNonNull(compilation.origins.get(policy.getId()));
      checked(origin, () -> probe.check(policy));
    }
    return new RangerPolicies(engine, compilation);
  }

  private static void checked(StoredPolicy policy, Runnable work) {
    try {
      work.run();
    } catch (IllegalArgumentException mistake) {
      throw new RemitException(
          ErrorCode.INVALID_POLICY,
          "policy '" + policy.name() + "': " + mistake.getMessage(),
          mistake);
    }
  }

  private static List<RangerPolicy> read(SourceName source, StoredPolicy policy) {
    return switch (policy.form()) {
      case SHORT ->
          ShortTranslation.translate(source.value(), ShortPolicyReader.read(policy.definition()));
      case RANGER -> {
        RangerPolicy read = RangerForm.read(source.value(), policy.definition());
        yield Boolean.FALSE.equals(read.getIsEnabled()) ? List.of() : List.of(read);
      }
    };
  }

  /// What the policies name, to be held against the catalog.
  public List<Reach> reaches() {
    return reaches;
  }

  /// Whether the column may be read.
  public AccessVerdict access(ColumnQuestion question) {
    RangerAccessResult result = engine.access(question);
    StoredPolicy origin = origins.get(result.getPolicyId());
    if (origin == null) {
      return new AccessVerdict(false, -1, "no policy");
    }
    return new AccessVerdict(
        result.getIsAccessDetermined() && result.getIsAllowed(), origin.id(), origin.name());
  }

  /// Every mask that matches the column.
  public List<Obligation.Mask> masks(ColumnQuestion question) {
    List<Obligation.Mask> masks = new ArrayList<>();
    for (Long id : matching(question, RangerPolicy.POLICY_TYPE_DATAMASK)) {
      masks.add((Obligation.Mask) Objects.requireNonNull(obligations.get(id)));
    }
    return masks;
  }

  /// Every row filter that matches the table.
  public List<Obligation.Filter> filters(ColumnQuestion question) {
    List<Obligation.Filter> filters = new ArrayList<>();
    for (Long id : matching(question, RangerPolicy.POLICY_TYPE_ROWFILTER)) {
      filters.add((Obligation.Filter) Objects.requireNonNull(obligations.get(id)));
    }
    return filters;
  }

  /// The engine is asked only about policies that name the caller and the purpose: the others
  /// cannot match, and asking it costs microseconds for each.
  private List<Long> matching(ColumnQuestion question, int type) {
    return engine.matching(question, type, id -> reach(id).concerns(question));
  }

  private Reach reach(long id) {
    return reaches.get((int) id - 1);
  }

  /// Which policies could bear on the column, whoever asks for whatever purpose.
  public Bearing bearing(ColumnQuestion question) {
    List<Reach> policies = new ArrayList<>();
    List<Object> matches = new ArrayList<>();
    for (int type : TYPES) {
      List<EmbeddedEngine.Candidate> candidates = engine.candidates(question, type);
      candidates.forEach(candidate -> policies.add(reach(candidate.policyId())));
      matches.add(candidates);
    }
    return new Bearing(policies, matches);
  }

  /// The policies that could bear on one column.
  ///
  /// @param matches which of them there are, in the engine's order, and how their resources match
  ///   the column: two columns of a table with equal matches and equal tags get equal answers,
  ///   because name and tags are all in which two questions about a table differ
  public record Bearing(List<Reach> policies, List<Object> matches) {
    public Bearing {
      policies = List.copyOf(policies);
      matches = List.copyOf(matches);
    }
  }
}
