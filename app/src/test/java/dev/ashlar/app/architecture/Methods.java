package dev.ashlar.app.architecture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the methods of a Java source and how long they are, by its braces: a method is a block
/// right inside a type whose head has parentheses.
final class Methods {
    /// Comments and literals, whose braces mean nothing.
    private static final Pattern NOISE =
            Pattern.compile(
                    "\"\"\"(?s:.*?)(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'|//[^\\n]*|/\\*(?s:.*?)\\*/");

    private static final Pattern TYPE = Pattern.compile("\\b(class|interface|enum|record)\\s+\\w+");
    private static final Pattern NAME = Pattern.compile("(\\w+)\\s*\\(");

    private Methods() {}

    /// @param lines from the line of its opening brace to that of its closing one
    record Method(String name, int line, int lines) {}

    private record Block(boolean type, String head, int line) {}

    static List<Method> of(String source) {
        String text = blank(source);
        List<Method> methods = new ArrayList<>();
        Deque<Block> open = new ArrayDeque<>();
        StringBuilder head = new StringBuilder();
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> {
                    line++;
                    head.append(' ');
                }
                case '{' -> {
                    boolean insideType = open.isEmpty() || open.peek().type();
                    boolean type = TYPE.matcher(head).find();
                    boolean body = insideType && !type && head.indexOf("(") >= 0;
                    open.push(new Block(type, body ? head.toString() : "", line));
                    head.setLength(0);
                }
                case '}' -> {
                    Block block = open.pop();
                    Matcher name = NAME.matcher(block.head());
                    if (name.find()) {
                        methods.add(
                                new Method(name.group(1), block.line(), line - block.line() + 1));
                    }
                    head.setLength(0);
                }
                case ';' -> head.setLength(0);
                default -> head.append(c);
            }
        }
        return methods;
    }

    /// The same lines without comments and literals.
    private static String blank(String source) {
        return NOISE.matcher(source).replaceAll(m -> m.group().replaceAll("[^\\n]", ""));
    }
}
