/// What `audit` and `curate` say of flags that do not go together.
extension CommandLineTests {
  static let audit: [Case] = [
    (
      "audit",
      "Say what is audited: predictions, a cross-fit or a run, or --probabilities P.npy with --given "
        + "L.npy; and --raters RATINGS.csv, with or without these."
    ),
    (
      "audit p.csv --class-names n.txt",
      "--class-names: it names the columns of --probabilities; a table names its own."
    ),
    ("audit p.csv --threads 0", "--threads: expected at least 1, got 0."),
    ("audit p.csv --ordered", "--ordered: it gives metrics of grades, and an audit has none."),
    (
      "audit p.csv --neighbours 5",
      "--neighbours: it is of votes of neighbours, and goes with --features."
    ),
    ("audit p.csv --seed 5", "--seed: it is of votes of neighbours, and goes with --features."),
    ("audit p.csv --features f.npz --neighbours 2", "--neighbours: expected 3 to 1000, got 2."),
    ("audit p.csv --vog-of loss", "The value 'loss' is invalid for '--vog-of <what>'"),
    ("audit p.csv --vog-of probability", "--vog-of: it goes with --gradients."),
    ("audit r --explain-top 3", "--explain-top: it goes with --explain."),
    ("audit r --explain a.png --explain-top 0", "--explain-top: expected 1 to 1000, got 0."),
    ("audit r --early-epochs 0", "--early-epochs: expected at least 1, got 0."),
    (
      "audit p.csv --first rarest:2",
      "--first: it orders issues.csv and corrections.csv, and goes with --output."
    ),
    (
      "audit p.csv --first rarest:0 --output o",
      "The value 'rarest:0' is invalid for '--first <classes>'"
    ),
    ("audit --probabilities p.npy", "--probabilities and --given go together: give both."),
    ("audit --given g.npy", "--probabilities and --given go together: give both."),
    (
      "audit --probabilities p.npy --given g.npy --split val",
      "--split: it says how a table is read, and does not go with --probabilities."
    ),
    (
      "audit --probabilities p.npy --given g.npy --renormalize",
      "--renormalize: it says how a table is read, and does not go with --probabilities."
    ),
    (
      "audit --probabilities p.npy --given g.npy --positive a",
      "--positive: it says how a table is read, and does not go with --probabilities."
    ),
    (
      "audit r --explain a.png --keep 2",
      "--keep: it does not go with --explain, which explains an answer of the run and audits nothing."
    ),
    (
      "audit r --explain a.png --features f.npz",
      "--features: it does not go with --explain, which explains an answer of the run and audits "
        + "nothing."
    ),
    (
      "audit r --explain a.png --gradients",
      "--gradients: it does not go with --explain, which explains an answer of the run and audits "
        + "nothing."
    ),
    (
      "audit --raters r.csv --rater-columns a",
      "--rater-columns: expected the names of two columns or more with commas between, got 'a'."
    ),
    (
      "audit --raters r.csv --rater-columns ,",
      "--rater-columns: expected the names of two columns or more with commas between, got ','."
    ),
    (
      "audit p.csv --rater-columns a,b",
      "--rater-columns: it is of labels of several raters, and goes with --raters."
    ),
    (
      "audit p.csv --consensus crowdlab",
      "--consensus: it is of labels of several raters, and goes with --raters."
    ),
    (
      "audit --raters r.csv --consensus crowdlab",
      "--consensus crowdlab: it needs predictions of the rated rows; name a table, cross-fit or run "
        + "beside --raters."
    ),
    (
      "audit --raters r.csv --split val",
      "--split: it says how predictions are read, and goes with a table, cross-fit or run beside "
        + "--raters."
    ),
    (
      "audit --raters r.csv --renormalize",
      "--renormalize: it says how predictions are read, and goes with a table, cross-fit or run beside "
        + "--raters."
    ),
    (
      "audit --raters r.csv --explain a.png",
      "--explain: it does not go with --raters, which audits labels of several raters."
    ),
    (
      "audit --raters r.csv --rater-columns a,,",
      "--rater-columns: expected the names of two columns or more with commas between, got 'a,,'."
    ),
  ]

  static let curate: [Case] = [
    (
      "curate",
      "Say what to choose from, or which answers to apply: DATA, or --accept curation.csv."
    ),
    (
      "curate d --accept c.csv",
      "Say what to choose from, or which answers to apply: DATA, or --accept curation.csv."
    ),
    ("curate --accept c.csv", "--accept: say where the accepted rows go with --output FOLDER."),
    (
      "curate d --accept-clusters k.csv",
      "--accept-clusters: it stands beside --accept curation.csv; give both."
    ),
    (
      "curate d --features f.npz --score-column s --scores t.csv",
      "--features and --score-column: a part by a score needs no features; give one of them."
    ),
    ("curate d --threads 0", "--threads: expected at least 1, got 0."),
    ("curate d --score-column s", "--score-column and --scores go together: give both."),
    ("curate d --scores t.csv", "--score-column and --scores go together: give both."),
    (
      "curate d --keep 0.5",
      "--keep: it is about a score; say which with --score-column and --scores."
    ),
    (
      "curate d --class-floor 3",
      "--class-floor: it is about a score; say which with --score-column and --scores."
    ),
    (
      "curate d --most-lost 0.5",
      "--most-lost: it is about a score; say which with --score-column and --scores."
    ),
    (
      "curate d --last-epoch 3",
      "--last-epoch: it is about a score; say which with --score-column and --scores."
    ),
    (
      "curate d --score-column s --scores t.csv --last-epoch 0",
      "--last-epoch: expected at least 1, got 0."
    ),
    (
      "curate d --score-column s --scores t.csv --keep 0",
      "keep: expected a share above 0 and up to 1, got 0.0."
    ),
    (
      "curate d --score-column s --scores t.csv --keep 1.1",
      "keep: expected a share above 0 and up to 1, got 1.1."
    ),
    (
      "curate d --score-column s --scores t.csv --most-lost 2",
      "most lost: expected a share from 0 to 1, got 2.0."
    ),
    (
      "curate d --rule quota --fraction 0.5",
      "--fraction: it is of --rule fraction-with-floor, and the rule is quota."
    ),
    ("curate d --quota 3", "--quota: it needs --rule quota."),
    ("curate d --rule quota --quota 0", "quota: expected at least 1, got 0."),
    (
      "curate d --clusters 3 --cluster-size 4",
      "--clusters and --cluster-size both say how many clusters; give one."
    ),
    (
      "curate d --one-group --cluster-column c",
      "--one-group and --cluster-column contradict each other; give one."
    ),
    ("curate d --clusters many", "--clusters: expected a number or sqrt, got 'many'."),
    ("curate d --clusters 2.5", "--clusters: expected a number or sqrt, got '2.5'."),
    ("curate d --copy-distance 3", "--copy-distance: expected 0 to 2, got 3.0."),
    ("curate d --copy-distance nan", "--copy-distance: expected 0 to 2, got nan."),
    ("curate d --spread 1001", "--spread: expected 0 to 1000, got 1001."),
    ("curate d --fraction 0", "fraction: expected a share above 0 and up to 1, got 0.0."),
    ("curate d --fraction 1.5", "fraction: expected a share above 0 and up to 1, got 1.5."),
    ("curate d --bins 0", "bins: expected at least 1, got 0."),
    ("curate d --components 0", "components: expected at least 1, got 0."),
    ("curate d --least-group 0", "least rows of a group: expected at least 1, got 0."),
    ("curate d --per-patient 0", "rows of a patient: expected at least 1, got 0."),
    ("curate d --clusters 0", "--clusters: expected at least 1, got 0."),
    ("curate d --cluster-size 0", "--cluster-size: expected at least 1, got 0."),
  ]
}
