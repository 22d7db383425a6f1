"""One folder per exercise type and nothing else."""
