package org.selfservice.web.identity;

/** A setting of a provider that cannot work, and what would be right. */
final class WrongSetting extends IllegalArgumentException {
    private final String setting;

    /** @param setting its name below that of the provider */
    WrongSetting(String setting, String line) {
        super(line);
        this.setting = setting;
    }

    String setting() {
        return setting;
    }

    /** The same, seen from further out. */
    WrongSetting below(String outer) {
        return new WrongSetting(outer + "." + setting, getMessage());
    }
}
