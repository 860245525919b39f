package dev.remit.examples.crm.people;

import java.time.LocalDate;
import java.util.Optional;

/// The customers whose data is awkward on purpose, by index: what goes wrong with real people's
/// data, always at the same place, so that tests and tours can name it.
public final class Traps {
  /// Two people of different brands at one address: 0 and 1.
  public static final long HOUSEHOLD_FIRST = 0;

  public static final long HOUSEHOLD_SECOND = 1;

  /// One person whose mailbox is spelled in three ways (customers, contacts, e-mail events).
  public static final long THREE_SPELLINGS = 2;

  /// A name with apostrophe, and one with quotes, backslash and tabulator.
  public static final long APOSTROPHE = 3;

  public static final long QUOTES = 4;

  /// Fourteen years old on [Population#AS_OF].
  public static final long MINOR = 5;

  /// In the public eye.
  public static final long VIP = 6;

  /// Two contacts merged in a chain end at this customer's contact.
  public static final long MERGED = 0;

  /// A contact number that no row has: the orphan ticket's.
  public static final long MISSING_CONTACT_ID = 999_999_999L;

  /// A customer number that no row has: the orphan e-mail event's.
  public static final long MISSING_CUSTOMER_ID = 999_999_999L;

  private Traps() {}

  /// A given and a family name.
  record Name(String given, String family) {}

  /// The awkward name of this customer, if it is one of those.
  static Optional<Name> nameOf(long index) {
    if (index == THREE_SPELLINGS) {
      return Optional.of(new Name("Anne-Marie", "Lindström"));
    }
    if (index == APOSTROPHE) {
      return Optional.of(new Name("Siobhán", "O'Brien-D'Arcy"));
    }
    return index == QUOTES
        ? Optional.of(new Name("Dwayne \"The\tRock\\\"", "Żółć; DROP TABLE"))
        : Optional.empty();
  }

  static Optional<LocalDate> birthDateOf(long index) {
    return index == MINOR ? Optional.of(LocalDate.of(2012, 3, 4)) : Optional.empty();
  }

  /// Whose address this customer has.
  static long addressOwnerOf(long index) {
    return index == HOUSEHOLD_SECOND ? HOUSEHOLD_FIRST : index;
  }
}
