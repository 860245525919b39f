package dev.remit.proxy;

import dev.remit.catalog.Catalog;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.SourceName;
import dev.remit.policy.PolicyEngine;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.ScramVerifier;
import dev.remit.proxy.login.Authenticator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Log-in against the policy engine's principals and the catalog's purposes and sources. Never
/// blocks on the store.
final class PolicyAuthenticator implements Authenticator {
  private final Catalog catalog;
  private final PolicyEngine policy;

  PolicyAuthenticator(Catalog catalog, PolicyEngine policy) {
    this.catalog = catalog;
    this.policy = policy;
  }

  /// The policy engine answers for unknown names too, with a verifier that no password fits.
  @Override
  public Optional<ScramVerifier> scramVerifier(String user) {
    return Optional.of(policy.scramVerifier(user));
  }

  @Override
  public Optional<Principal> principal(String user) {
    return policy.principal(user);
  }

  @Override
  public Optional<Instant> loginEnds(String user) {
    return policy.loginEnds(user);
  }

  @Override
  public List<PurposeCode> openPurposes(Principal principal, SourceName source) {
    return policy.openPurposes(principal, source);
  }

  @Override
  public boolean purposeExists(PurposeCode purpose) {
    return catalog.snapshot().purposes().containsKey(purpose);
  }

  @Override
  public boolean sourceExists(SourceName source) {
    return catalog.snapshot().source(source).isPresent();
  }
}
