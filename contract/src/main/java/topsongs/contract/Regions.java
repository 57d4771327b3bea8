package topsongs.contract;

import java.util.Locale;
import java.util.Set;

/** Where plays are heard and charts are made: ISO 3166-1 alpha-2, and all of them together. */
public final class Regions {
  /** The chart of every region's plays together. Not a place where a play can be heard. */
  public static final String GLOBAL = "GLOBAL";

  /** The codes a play may carry. */
  public static final Set<String> CODES =
      Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

  private Regions() {}

  public static boolean isCode(String region) {
    return CODES.contains(region);
  }

  /** The English name of a region, such as "Canada" for CA. */
  public static String name(String region) {
    return region.equals(GLOBAL)
        ? "Global"
        : new Locale.Builder().setRegion(region).build().getDisplayCountry(Locale.ENGLISH);
  }
}
