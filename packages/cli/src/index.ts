export { defineConfig, type ThawConfig } from './config/define-config';
