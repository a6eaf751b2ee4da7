package org.selfservice.idp;

import java.util.List;

/** An invented member of a program's staff; the password is published on purpose. */
public record Staff(String username, String name, String password, List<String> roles) {}
