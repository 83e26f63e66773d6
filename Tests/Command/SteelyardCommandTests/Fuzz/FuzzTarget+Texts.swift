import Datasets
import Decisions
import Files
import SteelyardCommand
import TestSupport

extension FuzzTarget {
  private static func table(_ name: String, _ file: String, _ texts: String...) -> FuzzTarget {
    FuzzTarget(name: name, seeds: { texts.map { Array($0.utf8) } }) { bytes, folder in
      let path = try put(bytes, folder, file)
      let image = try FileBytes.read(Golden.path("Imaging/Files/rgb.png"))
      if !FilePath.isFile(folder + "/0.png") {
        for number in 0..<6 { _ = try put(image, folder, "\(number).png") }
      }
      let data = try Dataset.open(path)
      if !data.examples.isEmpty && data.inputKind == .images { _ = try data.image(at: 0) }
    }
  }

  private static let rows = (0..<6).map {
    "\($0).png,\($0 % 2 == 0 ? "a" : "\"b, c\""),p\($0 / 2),\($0 < 4 ? "train" : "test")\n"
  }.joined()

  static let texts = [
    table(
      "csv", "x.csv", "path,label,patient,split\n" + rows,
      "\u{FEFF}path;a;b\r\n0.png;1;0\r\n1.png;0;1\r\n",
      "id,feature_0,feature_1,label\nr0,1.5,-2e3,a\nr1,0.25,7,b\nr2,3,4,a\n"),
    FuzzTarget(
      name: "columns",
      seeds: {
        let head = "id,age,sex,site,level,label,split\n"
        let rows = (0..<8).map {
          "r\($0),\($0 % 3 == 0 ? "NA" : "1.\($0)"),\($0 % 2 == 0 ? "m" : "f"),\"a, \($0 % 3)\",\($0),"
            + "\($0 % 2),\($0 < 6 ? "train" : "test")\n"
        }
        return [Array((head + rows.joined()).utf8)]
      }
    ) { bytes, folder in
      let data = try Dataset.open(
        put(bytes, folder, "t.csv"), columns: ColumnNames(takesCells: true), input: .features)
      let encoding = try data.fittedEncoding(ColumnSettings(least: 2))
      let rows = try data.encoded(by: encoding).rows
      require(
        (0..<(rows?.count ?? 0)).allSatisfy { rows?.values($0).allSatisfy(\.isFinite) ?? true })
      require(encoding?.problem == nil)
    },
    table(
      "jsonl", "metadata.jsonl",
      (0..<6).map {
        "{\"file_name\": \"\($0).png\", \"label\": \"\($0 % 2)\", \"p\\u00e9\": [1, {\"a\": 2.5e-3}],"
          + " \"x\": \"\\ud83d\\ude00\"}\n"
      }.joined()),
    table(
      "coco", "instances.json",
      "{\"images\": [{\"id\": 1, \"file_name\": \"0.png\"}, {\"id\": 2, \"file_name\": \"1.png\"}],"
        + "\n\"categories\": [{\"id\": 3, \"name\": \"a\"}], \"annotations\": ["
        + "{\"id\": 4, \"image_id\": 1, \"category_id\": 3, \"segmentation\": [[0.5, 1]]},"
        + " {\"id\": 5, \"image_id\": 2, \"category_id\": 3}]}"),
    FuzzTarget(
      name: "series",
      seeds: {
        let head =
          "@problemName Steps\n@timestamps false\n@univariate false\n@classLabel true a b\n"
          + "@data\n"
        let rows = "1,2,3:4,5,6:a\n7,8:9,1:b\n"
        return [rows, rows + "0.5,NaN:1,2:a\n"].map { Array((head + $0).utf8) }
      }
    ) { bytes, folder in _ = try Dataset.open(put(bytes, folder, "S_TRAIN.ts")) },
    FuzzTarget(
      name: "yaml", seeds: { [try OldRun.bytes("run/config.yaml"), Array(nested.utf8)] }
    ) { bytes, folder in _ = try ConfigFile.read(put(bytes, folder, "c.yaml")) },
    FuzzTarget(
      name: "config", seeds: { [try OldRun.bytes("run/config.yaml"), Array(options.utf8)] }
    ) { bytes, folder in
      let resolved = try ResolvedOptions(file: ConfigFile.read(put(bytes, folder, "c.yaml")))
      // What is accepted can be written, and read again to the same values.
      let again = try ResolvedOptions(
        file: ConfigFile.parse(ConfigText.yaml(of: resolved), path: "again.yaml"))
      require(again.values == resolved.values)
    },
    FuzzTarget(name: "rule", seeds: { [try OldRun.bytes("run/decision.json")] }) { bytes, _ in
      let rule = try JSONFile.decode(DecisionRule.self, from: bytes, name: "decision.json")
      _ = try rule.checked(for: ["blood", "clear", "polyp"])
    },
  ]

  private static let nested = "a: [1, {b: 'c', d: \"e\\n\"}]\nf: &x {g: |\n  text\n  }\nh: *x\n"
  private static let options = """
    method: balanced-mixup
    set: {alpha: 0.2}
    model: resnet20
    img-size: 32
    lr: 0.01
    epochs: 3
    split: [0.7, 0.15, 0.15]
    class-weights: {a: 2, b: 0.5}

    """

  /// A trap that the driver counts as a crash.
  private static func require(_ isTrue: Bool) {
    if !isTrue { fatalError("what was written of accepted options reads as others") }
  }
}
