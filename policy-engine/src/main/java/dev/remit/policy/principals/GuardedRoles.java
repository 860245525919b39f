package dev.remit.policy.principals;

import dev.remit.evidence.model.Author;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.model.Principal;
import java.util.Set;
import java.util.stream.Collectors;

/// Roles that oversee those who run Remit: who has one is for its holders to say.
///
/// What counts is who has the role before and after, by whatever way: by name, through a group or
/// another role, by removing her and adding her again. Whoever holds the machine is not bound,
/// since she holds the store and the keys; she appoints the first, and the log shows it.
public record GuardedRoles(Set<String> names) {
  public GuardedRoles {
    names = Set.copyOf(names);
  }

  /// Refuses a change of who has a guarded role by anybody who has not. Errors: FORBIDDEN.
  public void requireUnchanged(Accounts before, Accounts after, Author author) {
    for (String role : names) {
      if (!holders(before, role).equals(holders(after, role)) && !has(before, author, role)) {
        throw refused("who has the role " + role + " is changed", author);
      }
    }
  }

  /// Refuses to let the author act in the name of a user with a guarded role that she has not
  /// herself. Errors: FORBIDDEN.
  public void requireMayActAs(Accounts accounts, String user, Author author) {
    for (String role : names) {
      if (holders(accounts, role).contains(user) && !has(accounts, author, role)) {
        throw refused("a token of one who has the role " + role + " is issued", author);
      }
    }
  }

  private static boolean has(Accounts accounts, Author author, String role) {
    return switch (author) {
      case Author.User user -> holders(accounts, role).contains(user.name());
      case Author.AtTheMachine _ -> true;
    };
  }

  private static Set<String> holders(Accounts accounts, String role) {
    return accounts.principals().stream()
        .filter(principal -> principal.roles().contains(role))
        .map(Principal::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static RemitException refused(String what, Author author) {
    return new RemitException(
        ErrorCode.FORBIDDEN,
        "%s by holders of that role only, or at the machine itself; %s is none"
            .formatted(what, author.by()));
  }
}
