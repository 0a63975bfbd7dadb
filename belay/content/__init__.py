"""Loads and checks content/: every sentence, exercise and help line.

`load` reads a content folder and gives one `Content`. `yaml_file` reads a file and remembers
where things stand in it, `shapes` and `exercise_shape` say what a file may hold, `words`,
`catalogue` and `helplines` serve it to the use cases, `lint` holds the rules of tone.
What is broken is told as one sentence with file, line and remedy: `ContentBroken`.
"""

from belay.content.broken import ContentBroken
from belay.content.load import Content, load_content

__all__ = ["Content", "ContentBroken", "load_content"]
