package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.model.IssuedToken;
import dev.remit.policy.model.Principal;
import dev.remit.policy.testing.RealSource;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Goal: users, roles and tokens are what they are now, everywhere, and nothing secret is kept.
class PrincipalsTest {
  private final PolicyWorld world =
      new PolicyWorld(new RealSource("create table t (id int)").purposes("analytics"));
  private final PolicyEngine engine = world.engine;

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void rolesReachThroughGroupsAndOtherRolesToAnyDepth() {
    world.user("ann", "analysts");
    engine.defineRole(
        "reader", Set.of(), Set.of("analysts"), Set.of("auditor"), PolicyWorld.AUTHOR);
    engine.defineRole("insider", Set.of(), Set.of(), Set.of("reader"), PolicyWorld.AUTHOR);
    engine.defineRole("auditor", Set.of(), Set.of(), Set.of("insider"), PolicyWorld.AUTHOR);
    assertThat(engine.principal("ann"))
        .contains(
            new Principal(
                "ann", Set.of("analysts"), Set.of("reader", "insider", "auditor"), Map.of()));
  }

  @Test
  void aRemovedUserIsUnknownAtOnce() {
    world.user("ann");
    IssuedToken token =
        engine.issueToken("ann", Duration.ofHours(1), PolicyEngine.API, PolicyWorld.AUTHOR);
    engine.removeUser("ann", PolicyWorld.AUTHOR);
    assertThat(engine.principal("ann")).isEmpty();
    assertThat(engine.authenticateToken(token.secret(), PolicyEngine.API)).isEmpty();
    assertThatThrownBy(() -> engine.removeUser("ann", PolicyWorld.AUTHOR))
        .isInstanceOfSatisfying(
            RemitException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNKNOWN_ENTRY));
  }

  @Test
  void aTokenIsGoodForItsAudienceUntilItIsRevoked() {
    world.user("ann");
    IssuedToken api =
        engine.issueToken("ann", Duration.ofHours(1), PolicyEngine.API, PolicyWorld.AUTHOR);
    IssuedToken wire =
        engine.issueToken("ann", Duration.ofHours(1), PolicyEngine.WIRE, PolicyWorld.AUTHOR);
    assertThat(engine.authenticateToken(api.secret(), PolicyEngine.API)).isPresent();
    assertThat(engine.authenticateToken(api.secret(), PolicyEngine.WIRE)).isEmpty();
    assertThat(engine.authenticateToken(api.secret() + "x", PolicyEngine.API)).isEmpty();
    assertThat(engine.principal(wire.loginName()).map(Principal::name)).contains("ann");
    assertThat(engine.principal(api.loginName())).isEmpty();
    engine.revokeToken(wire.id(), PolicyWorld.AUTHOR);
    assertThat(engine.principal(wire.loginName())).isEmpty();
  }

  @Test
  void anExpiredTokenIsGoodForNothing() {
    world.user("ann");
    IssuedToken api =
        engine.issueToken("ann", Duration.ofHours(1), PolicyEngine.API, PolicyWorld.AUTHOR);
    IssuedToken wire =
        engine.issueToken("ann", Duration.ofHours(1), PolicyEngine.WIRE, PolicyWorld.AUTHOR);
    world.clock.pass(Duration.ofHours(1).minusMillis(1));
    assertThat(engine.authenticateToken(api.secret(), PolicyEngine.API)).isPresent();
    assertThat(engine.principal(wire.loginName())).isPresent();
    world.clock.pass(Duration.ofMillis(1));
    assertThat(engine.authenticateToken(api.secret(), PolicyEngine.API)).isEmpty();
    assertThat(engine.principal(wire.loginName())).isEmpty();
    assertThat(engine.scramVerifier(wire.loginName()).iterations()).isPositive();
    assertThat(engine.principal("ann")).isPresent();
  }

  @Test
  void theWireTakesATokenAsPasswordOfItsLoginName() {
    world.user("ann");
    IssuedToken token =
        engine.issueToken("ann", Duration.ofHours(1), PolicyEngine.WIRE, PolicyWorld.AUTHOR);
    assertThat(engine.scramVerifier(token.loginName()))
        .isNotEqualTo(engine.scramVerifier("token:0000000000000000"))
        .isEqualTo(engine.scramVerifier(token.loginName()));
    assertThat(token.toString()).doesNotContain(token.secret());
  }

  @Test
  void tokensLiveShortAndHaveAnAudience() {
    world.user("ann");
    assertRefused(
        () -> engine.issueToken("ann", Duration.ofDays(30), PolicyEngine.WIRE, PolicyWorld.AUTHOR));
    assertRefused(
        () -> engine.issueToken("ann", Duration.ZERO, PolicyEngine.WIRE, PolicyWorld.AUTHOR));
    assertRefused(
        () -> engine.issueToken("ann", Duration.ofHours(1), "everything", PolicyWorld.AUTHOR));
    assertRefused(() ->
        engine.issueToken("nobody", Duration.ofHours(1), PolicyEngine.WIRE, PolicyWorld.AUTHOR));
  }

  @Test
  void namesThatCouldMeanSomethingElseAreRefused() {
    assertRefused(() -> world.user("token:ann"));
    assertRefused(() -> world.user("{USER}"));
    assertRefused(() -> world.user(""));
    assertRefused(() -> world.user("ann", "*"));
    world.user("zoë.müller@example.org");
    assertRefused(() -> world.user("zoë.müller@example.org"));
  }

  @Test
  void everyChangeIsInTheLogWithoutSecrets() {
    world.user("ann");
    IssuedToken token =
        engine.issueToken("ann", Duration.ofHours(1), PolicyEngine.WIRE, PolicyWorld.AUTHOR);
    engine.revokeToken(token.id(), PolicyWorld.AUTHOR);
    assertThat(world.log)
        .extracting(entry -> entry.kind())
        .containsExactly("principal.added", "token.issued", "token.revoked");
    assertThat(world.log.toString()).doesNotContain("secret of ann", token.secret());
  }

  private static void assertRefused(Runnable change) {
    assertThatThrownBy(change::run).isInstanceOf(RemitException.class);
  }
}
