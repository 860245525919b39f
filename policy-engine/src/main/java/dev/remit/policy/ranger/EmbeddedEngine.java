package dev.remit.policy.ranger;

import dev.remit.policy.ranger.condition.PurposeCondition;
import dev.remit.policy.ranger.condition.TaggedCondition;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.LongPredicate;
import org.apache.ranger.authorization.hadoop.config.RangerPluginConfig;
import org.apache.ranger.plugin.model.RangerPolicy;
import org.apache.ranger.plugin.policyengine.RangerAccessRequestImpl;
import org.apache.ranger.plugin.policyengine.RangerAccessResourceImpl;
import org.apache.ranger.plugin.policyengine.RangerAccessResult;
import org.apache.ranger.plugin.policyengine.RangerPluginContext;
import org.apache.ranger.plugin.policyengine.RangerPolicyEngineImpl;
import org.apache.ranger.plugin.policyengine.RangerPolicyRepository;
import org.apache.ranger.plugin.policyevaluator.RangerPolicyEvaluator;
import org.apache.ranger.plugin.policyevaluator.RangerPolicyEvaluator.RangerPolicyResourceEvaluator;
import org.apache.ranger.plugin.policyresourcematcher.RangerPolicyResourceMatcher.MatchType;
import org.apache.ranger.plugin.util.RangerAccessRequestUtil;
import org.apache.ranger.plugin.util.RangerRoles;
import org.apache.ranger.plugin.util.ServicePolicies;

/// Ranger's policy engine at its lowest level, without plugin, refresher, audit or file.
///
/// Immutable: another policy set is another engine. Access is decided by Ranger's own search. For
/// masks and filters that search stops at the first match; here every policy that could match is
/// evaluated on its own, so that none is lost to an accident of names (RangerPolicyRepository, MASK
/// and ROWFILTER order).
///
/// Safe for many threads: Ranger writes only into the request, and each call makes a fresh one.
final class EmbeddedEngine {
  private final RangerPolicyEngineImpl engine;

  EmbeddedEngine(ServicePolicies policies) {
    RangerLogging.quiet();
    RangerPluginConfig config =
        new RangerPluginConfig(
            policies.getServiceDef().getName(),
            policies.getServiceName(),
            "remit",
            new Properties());
    RangerRoles none = new RangerRoles();
    none.setServiceName(policies.getServiceName());
    none.setRoleVersion(-1L);
    none.setRangerRoles(Set.of());
    this.engine = new RangerPolicyEngineImpl(policies, new RangerPluginContext(config), none);
  }

  /// Ranger's verdict on reading one column.
  RangerAccessResult access(ColumnQuestion question) {
    return evaluate(request(question), RangerPolicy.POLICY_TYPE_ACCESS);
  }

  /// Ranger's own answer to a request, with its own search.
  RangerAccessResult evaluate(RangerAccessRequestImpl request, int policyType) {
    return engine.evaluatePolicies(request, policyType, null);
  }

  /// Ids of every enabled policy of the type that matches, in the engine's order.
  ///
  /// @param asked which policies are asked at all, by their ids
  List<Long> matching(ColumnQuestion question, int policyType, LongPredicate asked) {
    RangerAccessRequestImpl request = request(question);
    engine.getRequestProcessor().preProcess(request);
    RangerPolicyRepository repository = repository();
    List<Long> matching = new ArrayList<>();
    for (RangerPolicyEvaluator evaluator :
        repository.getLikelyMatchPolicyEvaluators(request, policyType)) {
      if (!asked.test(evaluator.getPolicyId())) {
        continue;
      }
      RangerAccessResult result =
          new RangerAccessResult(
              policyType, repository.getServiceName(), repository.getServiceDef(), request);
      forgetEarlierAnswer(request);
      evaluator.evaluate(request, result);
      if (result.getIsAllowed() || result.getIsAccessDetermined()) {
        matching.add(evaluator.getPolicyId());
      }
    }
    return matching;
  }

  /// The policies of the type that the engine would look at for this resource, in its order, each
  /// with how its resources match. Neither depends on who asks.
  List<Candidate> candidates(ColumnQuestion question, int policyType) {
    RangerAccessRequestImpl request = request(question);
    engine.getRequestProcessor().preProcess(request);
    List<Candidate> candidates = new ArrayList<>();
    for (RangerPolicyEvaluator evaluator :
        repository().getLikelyMatchPolicyEvaluators(request, policyType)) {
      List<MatchType> matches = new ArrayList<>();
      for (RangerPolicyResourceEvaluator resource : evaluator.getResourceEvaluators()) {
        matches.add(
            resource
                .getPolicyResourceMatcher()
                .getMatchType(request.getResource(), request.getContext()));
      }
      candidates.add(new Candidate(evaluator.getPolicyId(), matches));
    }
    return candidates;
  }

  /// One policy, and how each of its resources matches.
  record Candidate(long policyId, List<MatchType> matches) {}

  private RangerPolicyRepository repository() {
    return engine.getPolicyEngine().getRepositoryForZone(null);
  }

  /// A matching policy leaves its answer in the request, and the next one that does not match would
  /// answer with it (RangerDefaultPolicyEvaluator, evaluatePolicyItems).
  private static void forgetEarlierAnswer(RangerAccessRequestImpl request) {
    request.getContext().remove(RangerAccessRequestUtil.KEY_CONTEXT_ALL_ACCESS_TYPE_RESULTS);
  }

  private static RangerAccessRequestImpl request(ColumnQuestion question) {
    Map<String, Object> elements = new HashMap<>();
    elements.put("catalog", question.source());
    elements.put("schema", question.schema());
    elements.put("table", question.table());
    if (!question.column().isEmpty()) {
      elements.put("column", question.column());
    }
    RangerAccessRequestImpl request =
        new RangerAccessRequestImpl(
            new RangerAccessResourceImpl(elements),
            "select",
            question.principal().name(),
            question.principal().groups(),
            question.principal().roles());
    Map<String, Object> context = new HashMap<>();
    context.put(PurposeCondition.CONTEXT_KEY, question.purpose().value());
    context.put(TaggedCondition.CONTEXT_KEY, question.tags());
    request.setContext(context);
    request.setAccessTime(Date.from(question.time()));
    return request;
  }
}
