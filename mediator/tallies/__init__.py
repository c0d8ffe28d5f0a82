"""What is counted: one table (统计表) a module; columns are named expressions."""
