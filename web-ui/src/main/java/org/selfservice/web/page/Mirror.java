package org.selfservice.web.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns a left-to-right stylesheet into its mirror image for right-to-left scripts. Mirroring was chosen over logical
 * properties because browsers on old phones know no {@code float: inline-start}.
 */
final class Mirror {
    private static final Pattern BLOCK = Pattern.compile("([^{}]*+)\\{([^{}]*+)}");
    private static final Pattern SIDE = Pattern.compile("(?<![a-z])(left|right)(?![a-z])");
    private static final Pattern ROTATION = Pattern.compile("rotate\\((-?)([0-9.]+)(deg|turn|rad)\\)");
    private static final Pattern POLYGON = Pattern.compile("polygon\\(([^)]*)\\)");
    /** A tick keeps its shape in every script; only its place changes. */
    private static final Pattern TICK = Pattern.compile("checkboxes__label:+after");

    private Mirror() {}

    static String of(String css) {
        return BLOCK.matcher(css)
                .replaceAll(block -> Matcher.quoteReplacement(block.group(1) + "{"
                        + declarations(
                                block.group(2), TICK.matcher(block.group(1)).find()) + "}"));
    }

    private static String declarations(String block, boolean keepShape) {
        List<String> mirrored = new ArrayList<>();
        for (String declaration : block.split(";(?![^(]*\\))", -1)) {
            int colon = declaration.indexOf(':');
            mirrored.add(
                    colon < 0
                            ? declaration
                            : declaration(
                                    declaration.substring(0, colon), declaration.substring(colon + 1), keepShape));
        }
        return String.join(";", mirrored);
    }

    private static String declaration(String property, String value, boolean keepShape) {
        String name = property.strip();
        if (name.startsWith("--")) {
            return property + ":" + value;
        }
        String important = value.endsWith("!important") ? "!important" : "";
        String plain = value.substring(0, value.length() - important.length()).strip();
        String mirrored = switch (name) {
            case "float", "clear", "text-align" -> swapSides(plain);
            case "margin", "padding", "inset" -> swapEdges(plain);
            case "border-width", "border-style", "border-color" -> keepShape ? plain : swapEdges(plain);
            case "border-radius" -> swapCorners(plain);
            case "transform" -> keepShape ? plain : turnBack(plain);
            case "clip-path", "-webkit-clip-path" -> mirrorPolygon(plain);
            default -> plain;
        };
        return swapSides(property) + ":" + mirrored + important;
    }

    private static String swapSides(String text) {
        return SIDE.matcher(text).replaceAll(side -> side.group().equals("left") ? "right" : "left");
    }

    private static String swapEdges(String value) {
        List<String> edges = parts(value);
        return edges.size() == 4 ? String.join(" ", edges.get(0), edges.get(3), edges.get(2), edges.get(1)) : value;
    }

    private static String swapCorners(String value) {
        List<String> corners = parts(value);
        return corners.size() == 4
                ? String.join(" ", corners.get(1), corners.get(0), corners.get(3), corners.get(2))
                : value;
    }

    private static String turnBack(String value) {
        return ROTATION.matcher(value)
                .replaceAll(
                        turn -> "rotate(" + (turn.group(1).isEmpty() ? "-" : "") + turn.group(2) + turn.group(3) + ")");
    }

    private static String mirrorPolygon(String value) {
        return POLYGON.matcher(value).replaceAll(polygon -> {
            List<String> points = new ArrayList<>();
            for (String point : polygon.group(1).split(",")) {
                List<String> at = parts(point.strip());
                points.add(opposite(at.get(0)) + " " + at.get(1));
            }
            return "polygon(" + String.join(",", points) + ")";
        });
    }

    private static String opposite(String percentage) {
        int x = Integer.parseInt(percentage.replace("%", ""));
        return x == 100 ? "0" : 100 - x + "%";
    }

    /** Split at spaces that stand outside of parentheses. */
    private static List<String> parts(String value) {
        return List.of(value.split("\\s+(?![^(]*\\))"));
    }
}
