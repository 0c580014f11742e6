import type { ManifestKind } from '../../src/manifests/index.js';

/** A manifest of each kind, as one writes it for a real service. */
export const samples: Record<ManifestKind, string> = {
  dockerfile: `# syntax=docker/dockerfile:1
FROM node:22-bookworm-slim AS base
WORKDIR /app
RUN apt-get update \\
 && apt-get install -y --no-install-recommends tini
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "repl"]

FROM base AS build
COPY . .
RUN npm ci && npm run build

FROM base
STOPSIGNAL SIGINT
ENV NODE_ENV=production
COPY --from=build /app/dist ./dist
CMD ["node", \\
  "--enable-source-maps", "dist/server.js"]
`,
  compose: `x-defaults: &defaults
  init: true
  stop_grace_period: 1m30s
  restart: unless-stopped

services:
  web:
    <<: *defaults
    build: .
    command: node --title 'my server' server.js
    stop_signal: SIGINT
    ports: ['3000:3000']
    pre_stop:
      - command: ./drain.sh
  worker:
    image: registry.example.com/worker:1.2
    entrypoint: ['/bin/sh', '-c']
    command: ['node worker.js']
    stop_grace_period: \${STOP_GRACE:-30s}
  db:
    image: postgres:17
`,
  kubernetes: `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  template:
    spec:
      terminationGracePeriodSeconds: 45
      containers:
        - name: server
          image: node:22-alpine
          command: [node]
          args: [server.js]
          lifecycle:
            preStop:
              exec:
                command: ['/bin/sh', '-c', 'sleep 10 && rm -f /tmp/ready']
          readinessProbe:
            httpGet: { path: /ready, port: 3000 }
            periodSeconds: 5
        - name: proxy
          image: envoyproxy/envoy:v1.35
          lifecycle:
            preStop:
              sleep: { seconds: 15 }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  jobTemplate:
    spec:
      template:
        spec:
          terminationGracePeriodSeconds: 5
          containers: [{ name: job, image: 'node:22', lifecycle: { preStop: { httpGet: { path: /stop } } } }]
`,
  ecs: `{
  "family": "web",
  "requiresCompatibilities": ["FARGATE"],
  "containerDefinitions": [
    {
      "name": "server",
      "image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:7",
      "entryPoint": ["sh", "-c"],
      "command": ["npm start"],
      "stopTimeout": 60,
      "linuxParameters": { "initProcessEnabled": true }
    },
    { "name": "logs", "image": "fluent/fluent-bit", "stopTimeout": 300 }
  ]
}
`,
  systemd: `[Unit]
Description=Web server
After=network.target

[Service]
# The main process only; it tells its workers itself.
KillMode=mixed
KillSignal=SIGINT
TimeoutStopSec=1min 30s
Environment=NODE_ENV=production
ExecStart=-/usr/bin/node --enable-source-maps \\
  /srv/web/server.js --title "my server"
ExecStop=/bin/kill -USR2 $MAINPID

[Install]
WantedBy=multi-user.target
`,
  fly: `app = "web"
primary_region = "ams"
kill_signal = "SIGTERM"
kill_timeout = "2m"

[processes]
  web = "node server.js"
  worker = "node worker.js --queue 'high prio'"

[http_service]
  internal_port = 3000
`,
  procfile: `# What runs
web: NODE_ENV=production node server.js
worker:   npm run worker
`,
  'package-json': `{
  "name": "web",
  "scripts": {
    "start": "node server.js",
    "dev": "nodemon server.js"
  }
}
`,
  railway: `{
  "$schema": "https://railway.com/railway.schema.json",
  "deploy": { "startCommand": "node server.js", "drainingSeconds": 20, "overlapSeconds": 5 }
}
`,
  render: `services:
  - type: web
    name: api
    runtime: node
    startCommand: npm start
    maxShutdownDelaySeconds: 120
  - type: worker
    name: jobs
    dockerCommand: node jobs.js
`,
  nomad: `job "web" {
  # kill_timeout = "1h"
  group "servers" {
    shutdown_delay = "6s"
    task "server" {
      driver       = "docker"
      kill_signal  = "SIGTERM"
      kill_timeout = "25s"
      config {
        image = "web:1"
        args  = ["--kill_timeout", "1"]
      }
      template {
        data = <<EOT
kill_timeout = "9s"
EOT
      }
    }
  }
}
`,
  pm2: `{
  "apps": [
    { "name": "web", "script": "dist/server.js", "args": "--port 3000", "instances": 2, "kill_timeout": 8000 },
    { "name": "cli", "script": "./run", "treekill": false }
  ]
}
`,
  digitalocean: `name: shop
services:
  - name: api
    run_command: node server.js
    termination:
      drain_seconds: 30
      grace_period_seconds: 90
workers:
  - name: jobs
    termination: { grace_period_seconds: 900 }
`,
};
