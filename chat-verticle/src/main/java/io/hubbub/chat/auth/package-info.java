/** Who somebody is: tokens, passwords and accounts. */
@NullMarked
package io.hubbub.chat.auth;

import org.jspecify.annotations.NullMarked;
