package dev.remit.catalog.model;

/// A purpose and the legal basis it rests on (GDPR Art. 6(1)).
public record Purpose(PurposeCode code, String title, LegalBasis basis, String description) {

  /// GDPR Art. 6(1)(a) to (f).
  public enum LegalBasis {
    CONSENT,
    CONTRACT,
    LEGAL_OBLIGATION,
    VITAL_INTEREST,
    PUBLIC_TASK,
    LEGITIMATE_INTEREST
  }
}
