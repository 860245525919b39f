package dev.remit.proxy.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.catalog.model.SourceName;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.model.PersonIndex;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Goal: a record that fails neither widens the lead over the log nor tells more than it should.
class LeadTest {
  private static final byte[] KEY = new byte[32];

  @Test
  void aRecordThatFailsAtOnceSaysNothingOfOlderOnes() {
    LogLead lead = new LogLead(10, 50);
    lead.begun(0);
    lead.begun(40);
    lead.failed();
    assertThat(lead.isWithinBounds(60)).isFalse();
    lead.durable(0);
    assertThat(lead.isWithinBounds(60)).isTrue();
  }

  @Test
  void aRecordThatIsTooLargeIsNotToldAsALogThatIsDown() {
    AccessRecorder recorder =
        new AccessRecorder(
            (entry, urgency) ->
                CompletableFuture.failedFuture(
                    new RemitException(ErrorCode.PAYLOAD_TOO_LARGE, "over the bound")),
            new PersonIndex(KEY),
            Clock.systemUTC(),
            new SimpleMeterRegistry());
    Actor actor =
        new Actor(
            "analyst", Optional.empty(), new SourceName("crm"), Optional.empty(), "s", "127.0.0.1");
    assertThat(recorder.session(actor, "SHOW").problem())
        .get()
        .extracting(RemitException::code)
        .isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX);
  }

  @Test
  void theDigestOfAnUnreadTextNeedsTheKey() {
    byte[] other = KEY.clone();
    other[0] = 1;
    assertThat(new PersonIndex(KEY).ofUnreadText("selec 'x'"))
        .isEqualTo(new PersonIndex(KEY).ofUnreadText("selec 'x'"))
        .isNotEqualTo(new PersonIndex(other).ofUnreadText("selec 'x'"));
  }
}
