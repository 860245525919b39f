package dev.remit.policy.principals;

import dev.remit.policy.model.Principal;
import dev.remit.policy.model.ScramVerifier;
import dev.remit.policy.model.TokenBearer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everyone known at one revision. Immutable.
///
/// A token logs in on the wire as `token:<id>` with the whole token as password: SCRAM needs a
/// verifier that is fixed before the password is seen, so the login name must say which token it
/// is.
public final class Accounts {
  /// Login names of tokens begin with this; user names may not.
  public static final String TOKEN_PREFIX = "token:";

  private final Map<String, Account> accounts;
  private final Map<String, AccessToken> tokens;

  Accounts(Map<String, Account> accounts, Map<String, AccessToken> tokens) {
    this.accounts = Map.copyOf(accounts);
    this.tokens = Map.copyOf(tokens);
  }

  /// All principals, by name.
  public List<Principal> principals() {
    return accounts.values().stream()
        .map(Account::principal)
        .sorted(Comparator.comparing(Principal::name))
        .toList();
  }

  /// The user of this name.
  public Optional<Principal> user(String name) {
    return Optional.ofNullable(accounts.get(name)).map(Account::principal);
  }

  /// The id in a login name that is a token's.
  public static Optional<String> token(String loginName) {
    return loginName.startsWith(TOKEN_PREFIX)
        ? Optional.of(loginName.substring(TOKEN_PREFIX.length()))
        : Optional.empty();
  }

  /// Whom a login name stands for: a user, or the owner of a valid token of the audience.
  public Optional<Principal> login(String loginName, String audience, Instant now) {
    if (!loginName.startsWith(TOKEN_PREFIX)) {
      return user(loginName);
    }
    return token(loginName, audience, now).flatMap(token -> user(token.userName()));
  }

  /// When the token of a login name expires; empty for other login names.
  public Optional<Instant> ends(String loginName) {
    return token(loginName).map(tokens::get).map(AccessToken::expiresAt);
  }

  /// What checks the login's password; empty when there is no such login.
  public Optional<ScramVerifier> verifier(String loginName, String audience, Instant now) {
    if (!loginName.startsWith(TOKEN_PREFIX)) {
      return Optional.ofNullable(accounts.get(loginName)).map(Account::verifier);
    }
    return token(loginName, audience, now).map(AccessToken::verifier);
  }

  /// The owner of this bearer token, when it is known, not expired and for this audience.
  public Optional<TokenBearer> bearer(String secret, String audience, Instant now) {
    return TokenText.id(secret)
        .flatMap(id -> Optional.ofNullable(tokens.get(id)))
        .filter(token -> token.isValid(audience, now))
        .filter(token ->
            MessageDigest.isEqual(
                token.digest(), Scram.sha256(secret.getBytes(StandardCharsets.UTF_8))))
        .flatMap(token -> user(token.userName()).map(user -> new TokenBearer(user, token.id())));
  }

  private Optional<AccessToken> token(String loginName, String audience, Instant now) {
    @Nullable AccessToken token = tokens.get(loginName.substring(TOKEN_PREFIX.length()));
    return Optional.ofNullable(token).filter(known -> known.isValid(audience, now));
  }
}
