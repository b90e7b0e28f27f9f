package io.hubbub.history;

import java.util.ArrayList;
import java.util.List;

/** What a home holds in memory about a conversation: who wants to hear of it, and its head. */
final class HomeConversation {
  final List<String> edges = new ArrayList<>(2);
  long head;
  int members;
}
