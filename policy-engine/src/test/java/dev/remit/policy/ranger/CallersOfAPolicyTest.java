package dev.remit.policy.ranger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.catalog.model.PurposeCode;
import dev.remit.policy.rules.StoredPolicy;
import dev.remit.policy.testing.RandomPolicies;
import java.time.Instant;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.ranger.plugin.model.RangerPolicy;
import org.apache.ranger.plugin.util.ServicePolicies;
import org.junit.jupiter.api.Test;

/// Goal: a mask or filter policy that is not put to Ranger, because it names neither caller nor
/// purpose, is one that Ranger would not have matched.
class CallersOfAPolicyTest {
  private static final int SETS = 80;
  private static final int QUESTIONS = 50;

  @Test
  void policiesThatAreNotAskedWouldNotHaveMatched() {
    long matched = 0;
    for (int seed = 0; seed < SETS; seed++) {
      RandomPolicies random = new RandomPolicies(seed);
      Compilation compilation = new Compilation();
      for (StoredPolicy policy : random.set(10)) {
        compilation.add(
            policy, RangerForm.read(RandomPolicies.SOURCE.value(), policy.definition()));
      }
      EmbeddedEngine engine = engine(compilation);
      for (int number = 0; number < QUESTIONS; number++) {
        int type =
            random.pick(
                List.of(RangerPolicy.POLICY_TYPE_DATAMASK, RangerPolicy.POLICY_TYPE_ROWFILTER));
        ColumnQuestion question = question(random, type == RangerPolicy.POLICY_TYPE_ROWFILTER);
        LongPredicate concerns = id -> compilation.reaches.get((int) id - 1).concerns(question);
        List<Long> every = engine.matching(question, type, id -> true);
        assertThat(engine.matching(question, type, concerns)).as("seed %d", seed).isEqualTo(every);
        matched += every.size();
      }
    }
    assertThat(matched).isGreaterThan(SETS);
  }

  private static EmbeddedEngine engine(Compilation compilation) {
    ServicePolicies service = new ServicePolicies();
    service.setServiceName(RandomPolicies.SOURCE.value());
    service.setServiceDef(ServiceDefinition.hardened());
    service.setPolicyVersion(1L);
    service.setPolicies(compilation.loaded);
    return new EmbeddedEngine(service);
  }

  private static ColumnQuestion question(RandomPolicies random, boolean ofTable) {
    return new ColumnQuestion(
        random.principal(),
        new PurposeCode(random.pick(RandomPolicies.PURPOSES)),
        RandomPolicies.SOURCE.value(),
        "public",
        random.pick(RandomPolicies.TABLES),
        ofTable ? "" : random.pick(RandomPolicies.COLUMNS),
        random.some(RandomPolicies.TAGS),
        Instant.EPOCH);
  }
}
