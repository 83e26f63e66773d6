import Foundation
import Synchronization

/// Signals that ask a run to save and stop. The first one is noted and training stops at the next
/// step; a second one of the same kind ends the process at once, as it would have without us.
enum StopSignals {
  private static let received = Atomic<Int32>(0)

  /// The signal that came, if one has.
  static var pending: Int32? {
    let signal = received.load(ordering: .relaxed)
    return signal == 0 ? nil : signal
  }

  /// What is listened to. A hang-up is a terminal that was closed; under `nohup` it stays ignored.
  private static let numbers = [SIGINT, SIGTERM, SIGUSR1, SIGHUP]

  /// From now on a reader of the output that goes away, as that of `train … | head -1` does, stops nothing.
  static func outliveReaders() { signal(SIGPIPE, SIG_IGN) }

  /// Listens to SIGINT, SIGTERM, SIGUSR1 and SIGHUP from now on.
  static func listen() {
    // Touched here, so that the handler never runs an initialiser. Not set to 0: of several runs in a row, the
    // signal may have come between two.
    _ = received.load(ordering: .relaxed)
    for number in numbers where number != SIGHUP || !isIgnored(number) {
      var action = sigaction()
      #if canImport(Glibc)
        action.__sigaction_handler.sa_handler = { StopSignals.note($0) }
      #else
        action.__sigaction_u.__sa_handler = { StopSignals.note($0) }
      #endif
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_RESTART
      sigaction(number, &action, nil)
    }
    unblock()
  }

  /// A parent may have started us with signals blocked, as the threads of a dispatch queue do.
  private static func unblock() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in numbers { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    #if canImport(Glibc)
      let handler = action.__sigaction_handler.sa_handler
    #else
      let handler = action.__sigaction_u.__sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static func note(_ number: Int32) { received.store(number, ordering: .relaxed) }
}
