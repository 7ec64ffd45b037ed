#!/bin/sh
# Makes the bucket with object lock, and Heyi's own key that reaches nothing else. Runs at every start; changes nothing twice.
set -eu
export MC_CONFIG_DIR=/tmp/mc
mc alias set store http://minio:9000 "$MINIO_ROOT_USER" "$MINIO_ROOT_PASSWORD" >/dev/null
# A lock can only be given when a bucket is made.
mc mb --ignore-existing --with-lock store/heyi
# What may be deleted is recordings, and of these the lock gives up what is due only.
cat >/tmp/heyi-policy.json <<'POLICY'
{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketVersions",
      "s3:ListBucketMultipartUploads", "s3:GetBucketObjectLockConfiguration"],
   "Resource": ["arn:aws:s3:::heyi"]},
  {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"],
   "Resource": ["arn:aws:s3:::heyi/*"]},
  {"Effect": "Allow", "Action": ["s3:PutObjectRetention", "s3:GetObjectRetention", "s3:PutObjectLegalHold",
      "s3:GetObjectLegalHold", "s3:DeleteObject", "s3:DeleteObjectVersion"],
   "Resource": ["arn:aws:s3:::heyi/recordings/*", "arn:aws:s3:::heyi/sealed/*"]}]}
POLICY
mc admin policy create store heyi /tmp/heyi-policy.json
mc admin user add store "$S3_ACCESS_KEY" "$S3_SECRET_KEY"
mc admin policy attach store heyi --user "$S3_ACCESS_KEY" 2>/dev/null ||
  mc admin user info store "$S3_ACCESS_KEY" | grep -q heyi
