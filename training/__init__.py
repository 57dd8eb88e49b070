"""The recipe that trains wivtext's own English-Chinese models: prepare, tokenizer, train, average, export, evaluate."""
