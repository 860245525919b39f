package dev.remit.proxy.login;

import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.SourceName;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.ScramVerifier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the proxy has to know of users, purposes and sources; answered from memory by the policy
/// engine and the catalog. Called on virtual threads.
public interface Authenticator {

  /// The password's verifier; empty for an unknown or locked user.
  Optional<ScramVerifier> scramVerifier(String user);

  /// The user, with groups, roles and attributes of this moment, that a login name stands for now;
  /// empty when she was removed or her token is no longer good.
  Optional<Principal> principal(String user);

  /// When a login name stops being good by itself; empty when it does not.
  Optional<Instant> loginEnds(String user);

  /// The purposes for which this principal may use this source, in order.
  List<PurposeCode> openPurposes(Principal principal, SourceName source);

  /// Whether the purpose is in the catalogue, open to this principal or not.
  boolean purposeExists(PurposeCode purpose);

  boolean sourceExists(SourceName source);
}
