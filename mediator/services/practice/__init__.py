"""What practice cases (练习案件) are made of: invented people, places, disputes and how they go on."""
