import Datasets
import Foundation
import Randomness
import Sampling

/// Opens a manifest, draws an epoch in every way, and touches every page; prints one object of JSON.
func draw(_ path: String) throws {
  let before = Resident()
  var opened: RowManifest?
  let opening = try seconds { opened = try RowManifest(path: path) }
  guard let manifest = opened else { return }
  let afterOpening = Resident()
  let key = RandomKey(seed: 1)
  let counts = manifest.counts
  func weighted(
    _ sampler: any ClassWeightedSampler, _ progress: Double = 0, evenly: Bool = false
  ) -> EpochDraws {
    EpochDraws(
      sampler, classes: counts, progress: progress, epoch: 0, key: key, evenly: evenly)
  }
  var rates: [String] = []
  let ways = [
    ("uniform", { EpochDraws(UniformSampler(), classes: counts, epoch: 0, key: key) }),
    ("balanced", { weighted(ClassBalancedSampler()) }),
    ("square_root", { weighted(SquareRootSampler()) }),
    ("progressive", { weighted(ProgressiveSampler(), 0.5) }),
    ("balanced_evenly", { weighted(ClassBalancedSampler(), evenly: true) }),
  ]
  for (name, make) in ways {
    var (sum, draws) = (0, Optional<EpochDraws>.none)
    let setUp = seconds { draws = make() }
    guard let draws else { continue }
    let epoch = seconds { for position in 0..<draws.count { sum &+= draws.row(at: position) } }
    rates.append(
      "\"\(name)\": {\"set_up\": \(setUp), \"epoch\": \(epoch), \"a_second\": \(Double(draws.count) / epoch), \"sum\": \(sum)}"
    )
  }
  let afterDraws = Resident()
  let looked = min(1_000_000, manifest.count)
  let balanced = weighted(ClassBalancedSampler())
  var bytes = 0
  let reading = try seconds {
    for position in 0..<looked {
      bytes += try manifest.path(of: balanced.row(at: position)).utf8.count
    }
  }
  let touching = try seconds {
    for row in stride(from: 0, to: manifest.count, by: 64) {
      bytes += try manifest.path(of: row).utf8.count
    }
  }
  print(
    """
    {"rows": \(manifest.count), "classes": \(counts.count), "rarest": \(counts.rarest), \
    "imbalance": \(counts.imbalance), "opening": \(opening), "paths_a_second": \(Double(looked) / reading), \
    "touching": \(touching), "bytes": \(bytes), "draws": {\(rates.joined(separator: ", "))}, \
    "before": {\(before.words)}, "opened": {\(afterOpening.words)}, "drawn": {\(afterDraws.words)}, \
    "touched": {\(Resident().words)}}
    """)
}

/// What of this process is in memory, in bytes, as Linux says it; zeros elsewhere.
struct Resident {
  /// Memory of its own, and pages of files, which the system may take back at any time.
  var own = 0, files = 0

  init() {
    let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    for line in text.split(separator: "\n") {
      let fields = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard fields.count == 3, let kilobytes = Int(fields[1]) else { continue }
      if fields[0] == "RssAnon:" { own = kilobytes * 1024 }
      if fields[0] == "RssFile:" { files = kilobytes * 1024 }
    }
  }

  /// The two as members of an object of JSON.
  var words: String { "\"own\": \(own), \"files\": \(files)" }
}
