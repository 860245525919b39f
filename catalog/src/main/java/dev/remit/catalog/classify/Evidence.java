package dev.remit.catalog.classify;

/// One sign that a column holds something.
///
/// @param confidence 0 to 1, taken by itself
/// @param reason for people; never with a sampled value
record Evidence(String tag, double confidence, String reason) {

  /// Both signs together: independent ones leave less doubt than each alone.
  Evidence and(Evidence other) {
    double doubt = (1 - confidence) * (1 - other.confidence);
    return new Evidence(tag, Math.min(0.99, 1 - doubt), reason + "; " + other.reason);
  }

  /// The same sign, weakened by a finding against it.
  Evidence despite(double share, String finding) {
    return new Evidence(tag, confidence * share, reason + "; but " + finding);
  }
}
