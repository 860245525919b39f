package dev.remit.policy.principals;

import dev.remit.policy.model.Principal;
import dev.remit.policy.model.ScramVerifier;

/// A user with her present rights and what proves her.
public record Account(Principal principal, ScramVerifier verifier) {}
