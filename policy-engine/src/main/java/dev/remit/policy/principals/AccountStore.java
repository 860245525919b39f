package dev.remit.policy.principals;

import static dev.remit.policy.db.Tables.ACCESS_TOKEN;
import static dev.remit.policy.db.Tables.GROUP_MEMBERSHIP;
import static dev.remit.policy.db.Tables.ROLE_MEMBERSHIP;
import static dev.remit.policy.db.Tables.USER_ACCOUNT;
import static dev.remit.policy.db.Tables.USER_ATTRIBUTE;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.model.IssuedToken;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.ScramVerifier;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Record;

/// Reads and writes principals in the store. Each method runs in the caller's transaction.
public final class AccountStore {
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}_.@-]{0,62}");

  private final Scram scram;
  private final SecureRandom random;

  public AccountStore(Scram scram, SecureRandom random) {
    this.scram = scram;
    this.random = random;
  }

  /// A token with its secret, not saved yet.
  public record NewToken(
      IssuedToken issued, String user, String audience, ScramVerifier verifier, Instant issuedAt) {}

  /// Adds a user. Errors: INVALID_REQUEST for a name that cannot be, CONFLICT when it is taken.
  public void addUser(
      DSLContext sql,
      String name,
      ScramVerifier verifier,
      Set<String> groups,
      Map<String, String> attributes,
      Instant now) {
    requireName(name);
    groups.forEach(AccountStore::requireName);
    int added =
        sql.insertInto(USER_ACCOUNT)
            .set(USER_ACCOUNT.NAME, name)
            .set(USER_ACCOUNT.SALT, verifier.salt())
            .set(USER_ACCOUNT.ITERATIONS, verifier.iterations())
            .set(USER_ACCOUNT.STORED_KEY, verifier.storedKey())
            .set(USER_ACCOUNT.SERVER_KEY, verifier.serverKey())
            .set(USER_ACCOUNT.CREATED_AT, utc(now))
            .onConflictDoNothing()
            .execute();
    if (added == 0) {
      throw new RemitException(
          ErrorCode.CONFLICT, "the user '" + name + "' exists already; remove it first");
    }
    groups.forEach(group -> addToGroup(sql, group, name));
    attributes.forEach((key, value) ->
        sql.insertInto(USER_ATTRIBUTE)
            .set(USER_ATTRIBUTE.USER_NAME, name)
            .set(USER_ATTRIBUTE.KEY, key)
            .set(USER_ATTRIBUTE.VALUE, value)
            .execute());
  }

  private static void addToGroup(DSLContext sql, String group, String user) {
    sql.insertInto(GROUP_MEMBERSHIP)
        .set(GROUP_MEMBERSHIP.GROUP_NAME, group)
        .set(GROUP_MEMBERSHIP.USER_NAME, user)
        .execute();
  }

  /// Removes a user with her tokens and memberships. Errors: UNKNOWN_ENTRY.
  public void removeUser(DSLContext sql, String name) {
    int removed = sql.deleteFrom(USER_ACCOUNT).where(USER_ACCOUNT.NAME.eq(name)).execute();
    if (removed == 0) {
      throw new RemitException(ErrorCode.UNKNOWN_ENTRY, "there is no user '" + name + "'");
    }
    sql.deleteFrom(ROLE_MEMBERSHIP)
        .where(ROLE_MEMBERSHIP.MEMBER_KIND.eq("user"))
        .and(ROLE_MEMBERSHIP.MEMBER_NAME.eq(name))
        .execute();
  }

  /// Replaces a role's members: users, groups and other roles. All empty removes the role.
  public void defineRole(
      DSLContext sql, String role, Set<String> users, Set<String> groups, Set<String> roles) {
    requireName(role);
    sql.deleteFrom(ROLE_MEMBERSHIP).where(ROLE_MEMBERSHIP.ROLE_NAME.eq(role)).execute();
    addMembers(sql, role, "user", users);
    addMembers(sql, role, "group", groups);
    addMembers(sql, role, "role", roles);
  }

  private static void addMembers(DSLContext sql, String role, String kind, Set<String> members) {
    for (String member : members) {
      requireName(member);
      sql.insertInto(ROLE_MEMBERSHIP)
          .set(ROLE_MEMBERSHIP.ROLE_NAME, role)
          .set(ROLE_MEMBERSHIP.MEMBER_KIND, kind)
          .set(ROLE_MEMBERSHIP.MEMBER_NAME, member)
          .execute();
    }
  }

  /// Makes a token. Costs a PBKDF2, so it is done before the transaction.
  public NewToken newToken(String user, String audience, Instant now, Duration timeToLive) {
    String id = TokenText.newId(random);
    String secret = TokenText.newSecret(id, random);
    return new NewToken(
        new IssuedToken(id, Accounts.TOKEN_PREFIX + id, secret, now.plus(timeToLive)),
        user,
        audience,
        scram.verifier(secret),
        now);
  }

  /// Saves a token. Errors: UNKNOWN_ENTRY when there is no such user.
  public void saveToken(DSLContext sql, NewToken token) {
    if (!sql.fetchExists(USER_ACCOUNT, USER_ACCOUNT.NAME.eq(token.user()))) {
      throw new RemitException(ErrorCode.UNKNOWN_ENTRY, "there is no user '" + token.user() + "'");
    }
    byte[] secret = token.issued().secret().getBytes(StandardCharsets.UTF_8);
    sql.insertInto(ACCESS_TOKEN)
        .set(ACCESS_TOKEN.ID, token.issued().id())
        .set(ACCESS_TOKEN.USER_NAME, token.user())
        .set(ACCESS_TOKEN.AUDIENCE, token.audience())
        .set(ACCESS_TOKEN.DIGEST, Scram.sha256(secret))
        .set(ACCESS_TOKEN.SALT, token.verifier().salt())
        .set(ACCESS_TOKEN.ITERATIONS, token.verifier().iterations())
        .set(ACCESS_TOKEN.STORED_KEY, token.verifier().storedKey())
        .set(ACCESS_TOKEN.SERVER_KEY, token.verifier().serverKey())
        .set(ACCESS_TOKEN.ISSUED_AT, utc(token.issuedAt()))
        .set(ACCESS_TOKEN.EXPIRES_AT, utc(token.issued().expiresAt()))
        .execute();
    sql.deleteFrom(ACCESS_TOKEN).where(ACCESS_TOKEN.EXPIRES_AT.le(utc(token.issuedAt()))).execute();
  }

  /// Makes a token worthless at once. Errors: UNKNOWN_ENTRY.
  public void revokeToken(DSLContext sql, String id) {
    if (sql.deleteFrom(ACCESS_TOKEN).where(ACCESS_TOKEN.ID.eq(id)).execute() == 0) {
      throw new RemitException(ErrorCode.UNKNOWN_ENTRY, "there is no token '" + id + "'");
    }
  }

  /// Everyone, at the transaction's moment.
  public Accounts load(DSLContext sql) {
    Map<String, Set<String>> groups = new HashMap<>();
    sql.selectFrom(GROUP_MEMBERSHIP)
        .forEach(row ->
            groups
                .computeIfAbsent(row.get(GROUP_MEMBERSHIP.USER_NAME), name -> new HashSet<>())
                .add(row.get(GROUP_MEMBERSHIP.GROUP_NAME)));
    Map<String, Map<String, String>> attributes = new HashMap<>();
    sql.selectFrom(USER_ATTRIBUTE)
        .forEach(row ->
            attributes
                .computeIfAbsent(row.get(USER_ATTRIBUTE.USER_NAME), name -> new HashMap<>())
                .put(row.get(USER_ATTRIBUTE.KEY), row.get(USER_ATTRIBUTE.VALUE)));
    RoleResolution roles = new RoleResolution();
    sql.selectFrom(ROLE_MEMBERSHIP)
        .forEach(row ->
            roles.add(
                row.get(ROLE_MEMBERSHIP.ROLE_NAME),
                row.get(ROLE_MEMBERSHIP.MEMBER_KIND),
                row.get(ROLE_MEMBERSHIP.MEMBER_NAME)));
    Map<String, Account> accounts = new HashMap<>();
    for (Record row : sql.selectFrom(USER_ACCOUNT)) {
      String name = row.get(USER_ACCOUNT.NAME);
      Set<String> memberOf = groups.getOrDefault(name, Set.of());
      Principal principal =
          new Principal(
              name,
              memberOf,
              roles.rolesOf(name, memberOf),
              attributes.getOrDefault(name, Map.of()));
      accounts.put(
          name,
          new Account(
              principal,
              new ScramVerifier(
                  row.get(USER_ACCOUNT.SALT),
                  row.get(USER_ACCOUNT.ITERATIONS),
                  row.get(USER_ACCOUNT.STORED_KEY),
                  row.get(USER_ACCOUNT.SERVER_KEY))));
    }
    return new Accounts(accounts, tokens(sql));
  }

  private static Map<String, AccessToken> tokens(DSLContext sql) {
    Map<String, AccessToken> tokens = new HashMap<>();
    for (Record row : sql.selectFrom(ACCESS_TOKEN)) {
      AccessToken token =
          new AccessToken(
              row.get(ACCESS_TOKEN.ID),
              row.get(ACCESS_TOKEN.USER_NAME),
              row.get(ACCESS_TOKEN.AUDIENCE),
              row.get(ACCESS_TOKEN.DIGEST),
              new ScramVerifier(
                  row.get(ACCESS_TOKEN.SALT),
                  row.get(ACCESS_TOKEN.ITERATIONS),
                  row.get(ACCESS_TOKEN.STORED_KEY),
                  row.get(ACCESS_TOKEN.SERVER_KEY)),
              row.get(ACCESS_TOKEN.EXPIRES_AT).toInstant());
      tokens.put(token.id(), token);
    }
    return tokens;
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new RemitException(
          ErrorCode.INVALID_REQUEST,
          "a name is 1 to 63 letters, digits or any of _ . @ -, beginning with a letter or digit");
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
