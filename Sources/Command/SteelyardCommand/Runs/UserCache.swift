import Files
import Foundation

/// What Steelyard keeps from one start to the next for all data and runs of a user; all of it may be deleted at any time.
enum UserCache {
  /// A folder in it: `steelyard/NAME` in `XDG_CACHE_HOME`, else in `Library/Caches` on macOS and `.cache` elsewhere in the home
  /// folder.
  ///
  /// - Parameters:
  ///   - name: what is kept there.
  ///   - environment: variables of the process.
  static func folder(
    _ name: String, _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    let cache = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = environment["HOME"] ?? NSHomeDirectory()
    #if os(macOS)
      let usual = "Library/Caches"
    #else
      let usual = ".cache"
    #endif
    return FilePath.join(cache ?? FilePath.join(home, usual), "steelyard/" + name)
  }
}
