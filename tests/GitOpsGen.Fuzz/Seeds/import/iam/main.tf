resource "aws_iam_role_policy_attachment" "nodes" {
  role       = "nodes"
  policy_arn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"
}
