package org.selfservice.kernel.program;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.application.Submission.Outcome;

/**
 * A rule's expression, compiled once.
 *
 * @param problem why it cannot be used; null when it can
 * @param answers field ids, {@code person} attributes that it names
 */
record Expression(@Nullable Program program, @Nullable String problem, Set<String> answers, Set<String> person) {
    private static final int MOST_KEPT = 1_000;

    private static final Map<String, Expression> COMPILED =
            Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Expression> eldest) {
                    return size() > MOST_KEPT;
                }
            });

    static Expression of(String source) {
        Expression known = COMPILED.get(source);
        if (known == null) {
            // Outside of the map's lock: two threads may compile the same, which costs less than all of them waiting.
            known = compile(source);
            COMPILED.put(source, known);
        }
        return known;
    }

    private static Expression compile(String source) {
        CelValidationResult checked = RuleLanguage.COMPILER.compile(source);
        if (checked.hasError()) {
            return broken(checked.getErrors().stream().map(CelIssue::getMessage).collect(Collectors.joining("; ")));
        }
        try {
            CelAbstractSyntaxTree tree = checked.getAst();
            if (!tree.getResultType().equals(SimpleType.BOOL)) {
                return broken("the rule must say true or false, and this one gives "
                        + tree.getResultType().name());
            }
            Program program = RuleLanguage.RUNTIME.createProgram(tree);
            return new Expression(program, null, named("answers", tree), named("person", tree));
        } catch (CelValidationException | CelEvaluationException notUsable) {
            return broken(String.valueOf(notUsable.getMessage()));
        }
    }

    private static Expression broken(String problem) {
        return new Expression(null, problem, Set.of(), Set.of());
    }

    Outcome outcome(Map<String, Object> facts) {
        if (program == null) {
            return Outcome.UNKNOWN;
        }
        try {
            return switch (program.eval(facts)) {
                case Boolean yes -> yes ? Outcome.PASSED : Outcome.FAILED;
                default -> Outcome.UNKNOWN;
            };
        } catch (CelEvaluationException notKnown) {
            return Outcome.UNKNOWN;
        }
    }

    private static Set<String> named(String variable, CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .flatMap(node -> keyOf(variable, node).stream())
                .collect(Collectors.collectingAndThen(
                        Collectors.toCollection(TreeSet::new), Collections::unmodifiableSet));
    }

    /** {@code answers.income} and {@code answers["income"]} both name {@code income}. */
    private static Optional<String> keyOf(String variable, CelExpr node) {
        return switch (node.getKind()) {
            case SELECT ->
                isVariable(variable, node.select().operand())
                        ? Optional.of(node.select().field())
                        : Optional.empty();
            case CALL ->
                node.call().function().equals("_[_]")
                                && isVariable(variable, node.call().args().getFirst())
                        ? text(node.call().args().getLast())
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static boolean isVariable(String variable, CelExpr node) {
        return node.getKind() == CelExpr.ExprKind.Kind.IDENT
                && node.ident().name().equals(variable);
    }

    private static Optional<String> text(CelExpr node) {
        return node.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                        && node.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(node.constant().stringValue())
                : Optional.empty();
    }
}
