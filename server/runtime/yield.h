#pragma once

namespace belfry::runtime {
/// For the calling thread, from now on: a tenth of what the other threads get when all want the core. Not
/// less: it shares short locks with them (SQLite's shared memory), and a holder that never runs would stop
/// the writer. Asked for in long slices (since Linux 6.12): a thread with a shorter one that wakes takes the
/// core at once, where it would wait for the end of one otherwise.
void yieldToOthers();
} // namespace belfry::runtime
