package dev.remit.server.token;

import dev.remit.platform.db.Database;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.server.db.tables.ApiToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Issues, checks and revokes bearer tokens (RFC 6750), kept in schema `server`.
///
/// A token is 256 random bits; its SHA-256 is kept, which is enough since nobody can guess the
/// token. Safe for use by any thread; every call is one statement.
public final class ApiTokens {
  private static final ApiToken TOKEN = ApiToken.API_TOKEN;
  private static final int TOKEN_BYTES = 32;
  private static final String PREFIX = "remit_";

  private final Database database;
  private final Clock clock;
  private final SecureRandom random;

  /// Migrates schema `server`.
  public ApiTokens(Database database, Clock clock, SecureRandom random) {
    this.database = database;
    this.clock = clock;
    this.random = random;
    database.migrate("server");
  }

  /// A token as it is listed: without itself.
  ///
  /// @param expires empty when it lasts until it is revoked
  public record Listed(
      long id, String principal, OffsetDateTime issued, Optional<OffsetDateTime> expires) {}

  /// A fresh token, shown this once.
  public record Issued(long id, String token, Optional<OffsetDateTime> expires) {}

  /// @param lifetime empty for one that lasts until it is revoked
  public Issued issue(String principal, Optional<Duration> lifetime) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Optional<OffsetDateTime> expires = lifetime.map(duration -> now().plus(duration));
    return new Issued(insert(principal, token, expires.orElse(null)), token, expires);
  }

  /// Makes a token that was generated elsewhere valid, once; used for the operator's own file.
  public void admit(String principal, String token) {
    boolean known =
        database
            .sql()
            .fetchExists(TOKEN, TOKEN.DIGEST.eq(digest(token)).and(TOKEN.PRINCIPAL.eq(principal)));
    if (!known) {
      insert(principal, token, null);
    }
  }

  /// Whom the token stands for; empty when it is unknown, expired or revoked.
  public Optional<String> principal(String token) {
    return database
        .sql()
        .select(TOKEN.PRINCIPAL)
        .from(TOKEN)
        .where(TOKEN.DIGEST.eq(digest(token)))
        .and(TOKEN.REVOKED_AT.isNull())
        .and(TOKEN.EXPIRES_AT.isNull().or(TOKEN.EXPIRES_AT.gt(now())))
        .fetchOptional(TOKEN.PRINCIPAL);
  }

  /// Tokens that are worth something, oldest first.
  public List<Listed> list() {
    return database
        .sql()
        .selectFrom(TOKEN)
        .where(TOKEN.REVOKED_AT.isNull())
        .and(TOKEN.EXPIRES_AT.isNull().or(TOKEN.EXPIRES_AT.gt(now())))
        .orderBy(TOKEN.ID)
        .fetch(row ->
            new Listed(
                row.get(TOKEN.ID),
                row.get(TOKEN.PRINCIPAL),
                row.get(TOKEN.ISSUED_AT),
                Optional.ofNullable(row.get(TOKEN.EXPIRES_AT))));
  }

  /// Refused with UNKNOWN_ENTRY when there is no such valid token.
  public void revoke(long id) {
    int changed =
        database
            .sql()
            .update(TOKEN)
            .set(TOKEN.REVOKED_AT, now())
            .where(TOKEN.ID.eq(id))
            .and(TOKEN.REVOKED_AT.isNull())
            .execute();
    if (changed == 0) {
      throw new RemitException(
          ErrorCode.UNKNOWN_ENTRY,
          "there is no valid token " + id + "; `remit token list` shows them");
    }
  }

  private long insert(String principal, String token, @Nullable OffsetDateTime expires) {
    return database
        .sql()
        .insertInto(TOKEN)
        .set(TOKEN.PRINCIPAL, principal)
        .set(TOKEN.DIGEST, digest(token))
        .set(TOKEN.ISSUED_AT, now())
        .set(TOKEN.EXPIRES_AT, expires)
        .returningResult(TOKEN.ID)
        .fetchSingle()
        .value1();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), java.time.ZoneOffset.UTC);
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException failure) {
      throw new IllegalStateException("every Java has SHA-256", failure);
    }
  }
}
