/**
 * What a user can mend, said in one sentence or in one list: {@link io.forwardpass.refusal.Refusal} reaches the command line without a
 * stack trace, {@link io.forwardpass.refusal.Problems} collects all that is wrong first, {@link io.forwardpass.refusal.Nearest}
 * suggests what a name was meant to be.
 *
 * <p>It uses nothing of the project's; every package but {@code math}, {@code network} and {@code windows} uses it.
 */
package io.forwardpass.refusal;
