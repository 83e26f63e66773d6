import Datasets
import SteelyardCommand
import Testing

@Suite struct ConfigTextTests {
  @Test func readsBackAsTheSameOptions() throws {
    var flags = TrainOptions()
    flags.data = "a folder/with: odd #chars\"\\"
    flags.dropClass = ["12_elliptocyte", "null", "-x", "ä b"]
    flags.set = ["alpha": "0.2", "mode": "a b"]
    flags.split = try SplitFractions(train: 0.6, val: 0.25, test: 0.15)
    flags.clipGrad = 0.001
    let resolved = try ResolvedOptions(flags: flags)
    let text = ConfigText.yaml(of: resolved, header: ["steelyard"])
    let again = try ResolvedOptions(file: ConfigFile.parse(text, path: "config.yaml"))
    #expect(again.values == resolved.values)
  }

  @Test func everyLineSaysWhereItsValueCameFrom() throws {
    var flags = TrainOptions()
    flags.lr = 0.05
    flags.set = ["alpha": "0.2"]
    let file = try ConfigFile.parse("\nepochs: 3\n", path: "my.yaml")
    let lines = try ConfigText.yaml(of: ResolvedOptions(flags: flags, file: file))
      .split(separator: "\n").map(String.init)
    #expect(lines.contains("lr: 0.05" + String(repeating: " ", count: 32) + "# flag"))
    #expect(lines.contains("epochs: 3" + String(repeating: " ", count: 31) + "# my.yaml:2"))
    #expect(lines.contains("momentum: 0.9" + String(repeating: " ", count: 27) + "# default"))
    #expect(lines.contains("  alpha: 0.2" + String(repeating: " ", count: 28) + "# flag"))
    #expect(lines.filter { $0 != "set:" }.allSatisfy { $0.contains("  # ") })
  }
}
