package dev.remit.proxy.login;

import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.SourceName;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.model.Principal;
import java.util.List;
import java.util.stream.Collectors;

/// Whether a principal may declare a purpose; asked at the log-in and at `SET remit.purpose`.
public final class PurposeChoice {
  private PurposeChoice() {}

  /// Blocking. The refusals name the purposes that are open.
  ///
  /// @throws RemitException UNKNOWN_PURPOSE, PURPOSE_NOT_OPEN
  public static PurposeCode require(
      Authenticator authenticator, Principal principal, SourceName source, String text) {
    List<PurposeCode> open = authenticator.openPurposes(principal, source);
    String list =
        open.isEmpty()
            ? "no purpose is open to you here"
            : "open to you: "
                + open.stream().map(PurposeCode::value).collect(Collectors.joining(", "));
    PurposeCode purpose;
    try {
      purpose = new PurposeCode(text);
    } catch (IllegalArgumentException malformed) {
      throw new RemitException(
          ErrorCode.UNKNOWN_PURPOSE, "\"" + text + "\" is not a purpose; " + list, malformed);
    }
    if (open.contains(purpose)) {
      return purpose;
    }
    if (!authenticator.purposeExists(purpose)) {
      throw new RemitException(
          ErrorCode.UNKNOWN_PURPOSE, "there is no purpose " + purpose + "; " + list);
    }
    throw new RemitException(
        ErrorCode.PURPOSE_NOT_OPEN, "the purpose " + purpose + " is not open to you; " + list);
  }
}
